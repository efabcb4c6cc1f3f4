import Admin
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

@Suite struct HealthProbeTests {
    /// A listener that accepts nothing by itself; what it says to the first client is up to the test.
    private final class Listener {
        let descriptor: Int32
        let port: Int

        init() {
            let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
            var size = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutablePointer(to: &address) { pointer in
                pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                    _ = bind(descriptor, $0, size)
                    _ = listen(descriptor, 1)
                    _ = getsockname(descriptor, $0, &size)
                }
            }
            self.descriptor = descriptor
            port = Int(UInt16(bigEndian: address.sin_port))
        }

        deinit { close(descriptor) }

        /// Takes one request, on a thread of its own, and says this.
        func answer(_ text: String) {
            let descriptor = descriptor
            startThread {
                let client = accept(descriptor, nil, nil)
                var request = [UInt8](repeating: 0, count: 4096)
                _ = recv(client, &request, request.count, 0)
                let bytes = Array(text.utf8)
                _ = send(client, bytes, bytes.count, Int32(MSG_NOSIGNAL))
                close(client)
            }
        }
    }

    @Test(arguments: [
        ("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok", 200, "ok"), ("HTTP/1.0 503 Busy\r\n\r\n", 503, ""),
        ("HTTP/1.1 204\r\n\r\n", 204, ""),
    ])
    func statusAndBodyAreRead(text: String, status: Int, body: String) throws {
        let listener = Listener()
        listener.answer(text)
        let answer = try HealthProbe(listen: "127.0.0.1:\(listener.port)").ask()
        #expect(answer.status == status)
        #expect(answer.body == body)
    }

    @Test(arguments: ["", "SSH-2.0-x\r\n", "HTTP/1.1\r\n\r\n", "HTTP/1.1 abc\r\n\r\n", "HTTP/1.1 99 X\r\n\r\n"])
    func whatIsNotHTTPIsAFailure(text: String) throws {
        let listener = Listener()
        listener.answer(text)
        let address = "127.0.0.1:\(listener.port)"
        #expect(throws: HealthProbe.Failure.notHTTP(address: address)) { try HealthProbe(listen: address).ask() }
    }

    @Test func silenceEndsAtTheTimeout() throws {
        let listener = Listener()
        let address = "127.0.0.1:\(listener.port)"
        let probe = try HealthProbe(listen: address, timeout: .milliseconds(50))
        #expect(throws: HealthProbe.Failure.timedOut(address: address)) { try probe.ask() }
        withExtendedLifetime(listener) {}
    }

    @Test func aClosedPortIsUnreachableAndSaysWhy() throws {
        let port = Listener().port
        let failure = #expect(throws: HealthProbe.Failure.self) { try HealthProbe(listen: "127.0.0.1:\(port)").ask() }
        #expect(failure?.description.contains("Connection refused; is the agent running") == true)
    }
}
