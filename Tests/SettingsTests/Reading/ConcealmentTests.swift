import Settings
import Testing

/// What must not be printed is not, whatever is wrong.
struct ConcealmentTests {
    private static let needle = "hunter2-s3cr3t"

    @Test(arguments: [
        "flag: '${file:/run/secret}'",
        "flag: ${SECRET}",
        "agent: {listen: '${file:/run/secret}', memory_limit: '${SECRET}', shutdown_timeout: '${SECRET}'}",
        "delivery: {compression: '${SECRET}', spool: {when_full: '${file:/run/secret}'}}",
        "delivery: {breaker: {failures: '${SECRET}'}}",
        "delivery: {retry: {budget: '${SECRET}%'}}",
        "outputs: {loki: {auth: {basic: {user: 'a:${SECRET}', password: '${SECRET}'}}}}",
        "outputs: {loki: {auth: {bearer: hunter2-s3cr3t, basic: {}}}}",
        "outputs: {loki: {auth: {bearer: [hunter2-s3cr3t]}}}",
        "outputs: {loki: {tls: {key: '-----BEGIN KEY hunter2-s3cr3t'}}}",
        "agent: {labels: {a-b: '${file:/run/secret}'}}",
        "names: '${SECRET}'",
    ])
    func `neither environment, files nor secrets are printed`(_ text: String) {
        let shape = ReadShape.read(
            text,
            environment: ["SECRET": Self.needle],
            files: ["/run/secret": Self.needle + "\n"]
        )
        #expect(!shape.messages.isEmpty)
        #expect(shape.messages.filter { $0.contains(Self.needle) } == [])
    }

    @Test func `a component's own message about an interpolated value shows how it was written`() throws {
        let environment = ["TOKEN": Self.needle]
        let file = try ConfigurationFile.parse("url: 'http://u:${TOKEN}@host'", environment: environment)
        let url = file.root.string("url", default: "")
        file.root.report("url", "`\(url)` holds a password", "move it")
        #expect(file.problems.problems.map(\.problem) == ["`http://u:${TOKEN}@host` holds a password"])
    }

    @Test func `a component's own message about a secret does not show it`() throws {
        let file = try ConfigurationFile.parse("hash_key: \(Self.needle)")
        let key = file.root.secret("hash_key")
        file.root.report("hash_key", "\(key?.value ?? "") is short", "write a longer one")
        #expect(file.problems.problems.map(\.problem) == ["[secret] is short"])
    }

    @Test func `an empty secret is refused`() {
        let shape = ReadShape.read(
            "outputs: {loki: {auth: {bearer: '${file:/run/secret}'}}}",
            files: ["/run/secret": "\n"]
        )
        #expect(shape.auth == .none)
        #expect(
            shape.messages == [
                "m.yaml:1:33: outputs.loki.auth.bearer: is empty; write the secret, best as `${file:/run/secrets/…}`"
            ]
        )
    }
}
