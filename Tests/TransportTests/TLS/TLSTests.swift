import NIOSSL
import TestSupport
import Testing
import Transport

@Suite struct TLSTests {
    private let authority = TestAuthority(name: "ours")
    private let directory: TestDirectory

    init() throws {
        directory = try TestDirectory()
        try directory.write("ca.pem", authority.certificate)
    }

    private func transport(_ change: (inout TLSFiles) -> Void = { _ in }) throws -> PooledTransport {
        var files = TLSFiles(ca: directory.file("ca.pem"), reloadEvery: .zero)
        change(&files)
        return try PooledTransport(TransportOptions(connectTimeout: .seconds(5), tls: files))
    }

    private func status(_ transport: PooledTransport, _ server: TestTLSServer) async throws(TransportError) -> Int {
        let request = TransportRequest(method: "POST", url: server.url, body: [1])
        return try await transport.exchange(request).status
    }

    private func isNotSent(_ transport: PooledTransport, _ server: TestTLSServer) async -> Bool {
        do throws(TransportError) {
            _ = try await status(transport, server)
            return false
        } catch {
            if case .notSent = error { return true }
            return false
        }
    }

    @Test func `a server with a certificate of the authority is trusted`() async throws {
        let (certificate, key) = authority.issue(name: "server")
        let server = try await TestTLSServer(certificate: certificate, key: key)
        defer { server.stop() }
        #expect(try await status(transport(), server) == 200)
    }

    @Test func `one of another authority gets nothing`() async throws {
        let (certificate, key) = TestAuthority(name: "theirs").issue(name: "server")
        let server = try await TestTLSServer(certificate: certificate, key: key)
        defer { server.stop() }
        #expect(await isNotSent(try transport(), server))
    }

    @Test func `one with a certificate for another address gets nothing`() async throws {
        let (certificate, key) = authority.issue(name: "server", address: [127, 0, 0, 2])
        let server = try await TestTLSServer(certificate: certificate, key: key)
        defer { server.stop() }
        #expect(await isNotSent(try transport(), server))
    }

    @Test func `one whose certificate has expired gets nothing`() async throws {
        let (certificate, key) = authority.issue(name: "server", until: "20200101000000Z")
        let server = try await TestTLSServer(certificate: certificate, key: key)
        defer { server.stop() }
        #expect(await isNotSent(try transport(), server))
    }

    @Test func `a server that wants to know us is shown our certificate`() async throws {
        let (certificate, key) = authority.issue(name: "server")
        let server = try await TestTLSServer(certificate: certificate, key: key, clients: authority.certificate)
        defer { server.stop() }
        let client = authority.issue(name: "client")
        try directory.write("client.pem", client.certificate)
        try directory.write("client.key", client.key)
        let known = try transport {
            $0.cert = directory.file("client.pem")
            $0.key = directory.file("client.key")
        }
        #expect(try await status(known, server) == 200)
        let unknown = try transport()
        await #expect(throws: TransportError.self) { try await status(unknown, server) }
    }

    @Test func `a server that speaks older versions only gets nothing`() async throws {
        let (certificate, key) = authority.issue(name: "server")
        let server = try await TestTLSServer(certificate: certificate, key: key, maximum: .tlsv12)
        defer { server.stop() }
        #expect(try await status(transport(), server) == 200)
        #expect(await isNotSent(try transport { $0.minVersion = .tls13 }, server))
    }

    @Test func `files that change are read again, and broken ones leave the old in force`() async throws {
        let (certificate, key) = authority.issue(name: "server")
        let server = try await TestTLSServer(certificate: certificate, key: key)
        defer { server.stop() }
        try directory.write("ca.pem", TestAuthority(name: "theirs").certificate)
        let transport = try transport()
        #expect(await isNotSent(transport, server))
        try directory.write("ca.pem", authority.certificate)
        #expect(try await status(transport, server) == 200)
        try directory.write("ca.pem", "-----BEGIN CERTIFICATE-----\nhalf a fi")
        #expect(try await status(transport, server) == 200)
    }
}
