/// Who we are to a server.
///
/// Prints as `[secret]`.
package enum Authorization: Sendable, CustomStringConvertible, CustomReflectable {
    case none
    case basic(user: String, password: String)
    case bearer(token: String)

    /// The value of the `Authorization` header.
    var header: String? {
        switch self {
        case .none: nil
        case .basic(let user, let password): "Basic " + Base64.encode(Array("\(user):\(password)".utf8))
        case .bearer(let token): "Bearer " + token
        }
    }

    /// Never the secret itself.
    package var description: String {
        if case .none = self { "none" } else { "[secret]" }
    }

    /// Nothing to see for `dump` either.
    package var customMirror: Mirror { Mirror(self, children: [:]) }
}
