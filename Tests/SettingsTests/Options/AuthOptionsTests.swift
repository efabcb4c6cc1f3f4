import Settings
import Testing

struct AuthOptionsTests {
    @Test func `basic authentication takes its password from a file`() {
        let shape = ReadShape.read(
            "outputs: {loki: {auth: {basic: {user: u, password: '${file:/run/secrets/loki}'}}}}",
            files: ["/run/secrets/loki": "p\n"]
        )
        #expect(shape.messages == [])
        #expect(shape.auth == .basic(user: "u", password: Secret("p")))
    }

    @Test func `a bearer token stands alone`() {
        let shape = ReadShape.read("outputs: {loki: {auth: {bearer: abc}}}")
        #expect(shape.messages == [])
        #expect(shape.auth == .bearer(Secret("abc")))
    }

    @Test func `nothing is sent where nothing is written`() {
        #expect(ReadShape.read("outputs: {loki: {}}").auth == .none)
    }

    @Test func `TLS takes its version with or without quotes`() {
        for version in ["1.3", "'1.3'"] {
            let shape = ReadShape.read("outputs: {loki: {tls: {ca: /ca, cert: /c, key: /k, min_version: \(version)}}}")
            #expect(shape.messages == [])
            let expected = TLSOptions(
                authorityFile: "/ca",
                certificateFile: "/c",
                keyFile: "/k",
                minimumVersion: .tls13
            )
            #expect(shape.tls == expected)
        }
    }
}
