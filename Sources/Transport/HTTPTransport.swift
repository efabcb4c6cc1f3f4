/// Sends HTTP requests; the only way that anything in Martlet speaks to an output.
package protocol HTTPTransport: Sendable {
    /// One request and its reply, within the transport's own time-outs. Redirects are replies like others.
    func exchange(_ request: TransportRequest) async throws(TransportError) -> TransportResponse
}
