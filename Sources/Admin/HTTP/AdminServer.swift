import NIOCore
import NIOHTTP1
import NIOPosix

/// Serves `/metrics`, health, the page and its API.
///
/// It answers GET and HEAD, on one address, from a table of routes. The `Host` header is checked on every route, no
/// CORS header is ever sent, and everything that a client can make it hold is bounded by ``AdminOptions``.
package final class AdminServer: Sendable {
    /// Where it listens, with the port that the kernel chose when `agent.listen` says 0.
    package let address: ListenAddress
    private let channel: any Channel
    private let connections: ConnectionRegistry

    private init(address: ListenAddress, channel: any Channel, connections: ConnectionRegistry) {
        self.address = address
        self.channel = channel
        self.connections = connections
    }

    /// Listens and answers from then on.
    ///
    /// On an address that other hosts reach, every route wants the token.
    package static func start(
        _ options: AdminOptions,
        token: AdminToken,
        routes: [AdminRoute]
    ) async throws(AdminError) -> AdminServer {
        let wanted = try ListenAddress(options.listen)
        let resolved = try resolve(wanted)
        let isLoopback = ListenAddress(host: resolved.ipAddress ?? wanted.host, port: 0).isLoopback
        let gate = RequestGate(
            routes: routes,
            hosts: AllowedHosts(listen: wanted, isLoopback: isLoopback, configured: options.hostNames),
            token: token,
            isTokenWantedEverywhere: !isLoopback
        )
        let connections = ConnectionRegistry(limit: options.connectionsMax)
        do {
            let socket = try ListeningSocket.make(for: resolved)
            let channel = try await bootstrap(gate, options, connections).withBoundSocket(socket).get()
            let port = channel.localAddress?.port ?? wanted.port
            return AdminServer(
                address: ListenAddress(host: wanted.host, port: port),
                channel: channel,
                connections: connections
            )
        } catch let failure as ListeningSocket.Failure {
            throw .cannotListen(address: options.listen, problem: failure.problem)
        } catch {
            throw .cannotListen(address: options.listen, problem: "the system refuses it")
        }
    }

    private static func resolve(_ address: ListenAddress) throws(AdminError) -> SocketAddress {
        do {
            return try SocketAddress.makeAddressResolvingHost(address.host, port: address.port)
        } catch {
            throw .cannotListen(address: address.description, problem: "the host name is not known")
        }
    }

    /// Stops listening and closes what is open.
    package func stop() async {
        try? await channel.close()
        await connections.closeAll()
    }

    private static func bootstrap(
        _ gate: RequestGate,
        _ options: AdminOptions,
        _ connections: ConnectionRegistry
    ) -> ServerBootstrap {
        ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.maxMessagesPerRead, value: 1)
            .childChannelInitializer { channel in
                guard connections.admit(channel) else { return channel.close() }
                return channel.eventLoop.makeCompletedFuture {
                    try configure(channel, gate, options)
                }
            }
    }

    private static func configure(_ channel: any Channel, _ gate: RequestGate, _ options: AdminOptions) throws {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = AdminRequest.targetBytesMax
        limits.maxHeaderListSize = 4 * AdminRequest.targetBytesMax
        limits.maxHeaderFieldCount = 64
        let pipeline = channel.pipeline.syncOperations
        var encoding = HTTPResponseEncoder.Configuration()
        // An answer has its length, or comes in chunks, or ends with the connection: `ConnectionHandler` says which.
        encoding.automaticallySetFramingHeaders = false
        try pipeline.configureHTTPServerPipeline(
            withPipeliningAssistance: true,
            withErrorHandling: true,
            withOutboundHeaderValidation: true,
            withEncoderConfiguration: encoding,
            withDecoderLimitConfiguration: limits
        )
        try pipeline.addHandler(ConnectionHandler(gate: gate, options: options))
    }
}
