import NIOCore
import NIOPosix
import NIOSSL

/// Answers every request with 200, over TLS.
struct TestTLSServer {
    private let channel: any Channel

    /// Starts a server; `clients` is the authority that clients must have a certificate of, PEM.
    init(
        certificate: String,
        key: String,
        clients: String? = nil,
        maximum: TLSVersion? = nil
    ) async throws {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: try NIOSSLCertificate.fromPEMBytes(Array(certificate.utf8)).map { .certificate($0) },
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.utf8), format: .pem))
        )
        configuration.maximumTLSVersion = maximum
        if let clients {
            configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMBytes(Array(clients.utf8)))
            configuration.certificateVerification = .noHostnameVerification
        }
        let context = try NIOSSLContext(configuration: configuration)
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(NIOSSLServerHandler(context: context))
                    try channel.pipeline.syncOperations.addHandler(Answer())
                }
            }
            .bind(host: "127.0.0.1", port: 0).get()
    }

    /// `https://127.0.0.1:PORT/`.
    var url: String { "https://127.0.0.1:\(channel.localAddress?.port ?? 0)/" }

    /// Closes the port.
    func stop() {
        channel.close(promise: nil)
    }

    /// Takes the end of a head for the end of a request.
    private final class Answer: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer
        typealias OutboundOut = ByteBuffer
        private var head = ""

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            head += String(decoding: unwrapInboundIn(data).readableBytesView, as: UTF8.self)
            guard head.contains("\r\n\r\n") else { return }
            head = ""
            let reply = ByteBuffer(string: "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")
            context.writeAndFlush(wrapOutboundOut(reply), promise: nil)
        }

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            context.close(promise: nil)
        }
    }
}
