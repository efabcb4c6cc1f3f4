/// How to reach a server.
package struct TransportOptions: Sendable {
    /// Time for name look-up, TCP and TLS together.
    package var connectTimeout: Duration
    /// Time for the whole exchange, from the call to the last byte of the reply.
    package var requestTimeout: Duration
    /// Connections kept open to one host; requests beyond wait for one.
    package var connections: Int
    /// Most bytes of a reply that are kept; what is longer is cut and said to be.
    package var replyBytes: Int
    package var authorization: Authorization
    package var tls: TLSFiles

    /// Makes options.
    package init(
        connectTimeout: Duration = .seconds(5),
        requestTimeout: Duration = .seconds(30),
        connections: Int = 8,
        replyBytes: Int = 16 << 20,
        authorization: Authorization = .none,
        tls: TLSFiles = TLSFiles()
    ) {
        self.connectTimeout = connectTimeout
        self.requestTimeout = requestTimeout
        self.connections = connections
        self.replyBytes = replyBytes
        self.authorization = authorization
        self.tls = tls
    }
}
