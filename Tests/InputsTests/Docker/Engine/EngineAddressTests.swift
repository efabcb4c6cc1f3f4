import Inputs
import Testing

@Suite("An engine's address")
struct EngineAddressTests {
    @Test(
        "is a socket's path or a TCP port",
        arguments: [
            ("unix:///var/run/docker.sock", .unix(path: "/var/run/docker.sock")),
            ("/run/d.sock", .unix(path: "/run/d.sock")), ("tcp://127.0.0.1:2376", .tcp(host: "127.0.0.1", port: 2376)),
            ("tcp://engine", .tcp(host: "engine", port: 2375)), ("http://[::1]:99/", .tcp(host: "::1", port: 99)),
        ] as [(String, EngineAddress)]
    )
    func reads(text: String, address: EngineAddress) throws {
        #expect(try EngineAddress.parse(text) == address)
        #expect(try EngineAddress.parse(address.description) == address)
    }

    @Test(
        "is nothing else",
        arguments: [
            ("", .unknownScheme), ("ssh://host", .unknownScheme), ("unix://run/d.sock", .noPath),
            ("unix:///" + String(repeating: "x", count: 107), .pathTooLong), ("tcp://:2375", .noHost),
            ("tcp://host:0", .badPort), ("tcp://host:70000", .badPort), ("tcp://[::1]2375", .badPort),
            ("https://host:2376", .needsTLS),
        ] as [(String, EngineAddress.Failure)]
    )
    func refuses(text: String, failure: EngineAddress.Failure) {
        #expect(throws: failure) { try EngineAddress.parse(text) }
    }

    @Test("versions compare by number")
    func versions() {
        #expect((APIVersion("1.9") ?? EngineClient.version) < APIVersion(major: 1, minor: 41))
        #expect(["", "1", "1.x", "-1.2", "1.2.3"].allSatisfy { APIVersion($0) == nil })
    }
}
