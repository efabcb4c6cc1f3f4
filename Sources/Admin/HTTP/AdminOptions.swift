/// Where the admin server listens and how much it lets clients take.
package struct AdminOptions: Sendable, Equatable {
    /// `agent.listen`.
    package var listen: String
    /// Names under which clients reach it, beside localhost and addresses.
    package var hostNames: [String]
    /// Connections at a time; one more is closed at once.
    package var connectionsMax: Int
    /// From the start of a connection to the end of its first request's head.
    package var requestTimeout: Duration
    /// From an answer to the end of the next request's head; above the usual scrape interval of a minute.
    package var idleTimeout: Duration
    /// From the request to the last byte of its answer taken by the client.
    package var responseTimeout: Duration
    /// For a client to take a piece of an answer that is too long to be held.
    package var pieceTimeout: Duration
    /// Longest answer, before the server gives up on it.
    package var responseBytesMax: Int

    /// Makes options; the defaults are the documented ones.
    package init(
        listen: String = "127.0.0.1:14464",
        hostNames: [String] = [],
        connectionsMax: Int = 64,
        requestTimeout: Duration = .seconds(10),
        idleTimeout: Duration = .seconds(75),
        responseTimeout: Duration = .seconds(30),
        pieceTimeout: Duration = .seconds(5),
        responseBytesMax: Int = 64 * 1024 * 1024
    ) {
        self.listen = listen
        self.hostNames = hostNames
        self.connectionsMax = connectionsMax
        self.requestTimeout = requestTimeout
        self.idleTimeout = idleTimeout
        self.responseTimeout = responseTimeout
        self.pieceTimeout = pieceTimeout
        self.responseBytesMax = responseBytesMax
    }
}
