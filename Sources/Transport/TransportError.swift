/// Why there is no reply, and what that says about the request.
package enum TransportError: Error, Sendable, Equatable {
    /// Not a byte of the body left this host: the server cannot have acted on it.
    case notSent(reason: String)
    /// The server may have received the request and acted on it.
    case unknown(reason: String)

    /// Why, in a few words that hold nothing of the request.
    package var reason: String {
        switch self {
        case .notSent(let reason), .unknown(let reason): reason
        }
    }
}
