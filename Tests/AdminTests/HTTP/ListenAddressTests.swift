import Admin
import Testing

@Suite struct ListenAddressTests {
    @Test(arguments: [
        ("127.0.0.1:14464", "127.0.0.1", 14464), ("[::1]:80", "::1", 80), ("localhost:0", "localhost", 0),
        ("0.0.0.0:65535", "0.0.0.0", 65535), ("shop-1.example.com:1", "shop-1.example.com", 1),
    ])
    func hostAndPortAreRead(text: String, host: String, port: Int) throws {
        let address = try ListenAddress(text)
        #expect(address.host == host)
        #expect(address.port == port)
        #expect(address.description == text)
    }

    @Test(arguments: [
        "", ":", "127.0.0.1", "127.0.0.1:", ":14464", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:x", "::1:80",
        "[::1]", "[::1:80", "[shop]:80", "a b:80", "http://127.0.0.1:80/",
    ])
    func whatIsNoAddressIsRefusedWithAdvice(text: String) {
        #expect(throws: AdminError.notAnAddress(text)) { try ListenAddress(text) }
        #expect(AdminError.notAnAddress(text).description.contains("write HOST:PORT"))
    }

    @Test(arguments: [
        ("127.0.0.1:1", true), ("127.8.9.10:1", true), ("[::1]:1", true), ("localhost:1", true), ("0.0.0.0:1", false),
        ("[::]:1", false), ("10.0.0.1:1", false), ("128.0.0.1:1", false), ("shop:1", false), ("[::ffff:1]:1", false),
    ])
    func onlyLoopbackAddressesAreLoopback(text: String, expected: Bool) throws {
        #expect(try ListenAddress(text).isLoopback == expected)
    }

    @Test func aClientOfAllAddressesUsesLoopback() throws {
        #expect(try ListenAddress("0.0.0.0:9").reachable.description == "127.0.0.1:9")
        #expect(try ListenAddress("[::]:9").reachable.description == "[::1]:9")
        #expect(try ListenAddress("10.1.2.3:9").reachable.description == "10.1.2.3:9")
    }
}
