/// One HTTP request.
package struct TransportRequest: Sendable {
    package var method: String
    /// The whole address, query included.
    package var url: String
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]

    /// Makes a request.
    package init(
        method: String,
        url: String,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = []
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
    }
}
