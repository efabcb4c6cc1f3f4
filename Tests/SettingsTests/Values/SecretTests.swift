import Settings
import Testing

struct SecretTests {
    private let secret = Secret("hunter2")

    @Test func `no way of printing shows a secret`() {
        var dumped = ""
        dump(secret, to: &dumped)
        dump(AuthOptions.basic(user: "u", password: secret), to: &dumped)
        let texts = [
            "\(secret)", String(describing: secret), String(reflecting: secret), dumped,
            "\([secret])", "\(Optional(secret) as Any)", "\(AuthOptions.bearer(secret))",
        ]
        #expect(texts.filter { $0.contains("hunter2") } == [])
        #expect("\(secret)" == "[secret]")
    }

    @Test func `secrets are equal when their texts are`() {
        #expect(secret == Secret("hunter2"))
        #expect(secret != Secret("hunter3"))
        #expect(secret != Secret("hunter22"))
    }
}
