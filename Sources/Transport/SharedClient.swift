import AsyncHTTPClient
import NIOCore
import Synchronization

/// A client and the number of exchanges that use it; shut down by the last of them once it is retired.
final class SharedClient: Sendable {
    let client: HTTPClient
    private let use = Mutex(Use())

    private struct Use {
        var count = 0
        var isRetired = false
    }

    init(_ options: TransportOptions) throws(TLSFileError) {
        var configuration = HTTPClient.Configuration(
            tlsConfiguration: try options.tls.configuration(),
            redirectConfiguration: .disallow,
            timeout: .init(connect: TimeAmount(options.connectTimeout)),
            decompression: .disabled
        )
        // HTTP/1.1 everywhere: one request a connection makes "what was sent" a question with an answer.
        configuration.httpVersion = .http1Only
        // Retries are the shipper's business.
        configuration.connectionPool.retryConnectionEstablishment = false
        configuration.connectionPool.concurrentHTTP1ConnectionsPerHostSoftLimit = options.connections
        // Below the idle time-outs of common servers, so that they rarely close a connection under a request.
        configuration.connectionPool.idleTimeout = .seconds(30)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
    }

    /// One exchange more.
    func retain() {
        use.withLock { $0.count += 1 }
    }

    /// One exchange less.
    func release() {
        let isLast = use.withLock { use in
            use.count -= 1
            return use.count == 0 && use.isRetired
        }
        if isLast { shutDown() }
    }

    /// No exchange starts any more.
    func retire() {
        let isIdle = use.withLock { use in
            use.isRetired = true
            return use.count == 0
        }
        if isIdle { shutDown() }
    }

    private func shutDown() {
        // Called once: `isRetired` is set once, and the count reaches zero once after that. The task holds the
        // client until its connections are closed.
        let client = client
        Task { try? await client.shutdown() }
    }
}
