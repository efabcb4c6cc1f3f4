/// One HTTP reply.
package struct TransportResponse: Sendable {
    package var status: Int
    package var headers: [(name: String, value: String)]
    package var body: [UInt8]
    /// False when `body` is only a beginning: the connection broke, time was up, or it was over the limit.
    package var isWhole: Bool

    /// Makes a reply.
    package init(
        status: Int,
        headers: [(name: String, value: String)] = [],
        body: [UInt8] = [],
        isWhole: Bool = true
    ) {
        self.status = status
        self.headers = headers
        self.body = body
        self.isWhole = isWhole
    }

    /// The first value of a header; names are compared without case.
    package func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name.lowercased() }?.value
    }

    /// `Retry-After` in seconds, when the server gave it so (the form with a date is not read).
    package var retryAfter: Duration? {
        guard let text = header("retry-after"), let seconds = Int(text), (0...86_400).contains(seconds) else {
            return nil
        }
        return .seconds(seconds)
    }
}
