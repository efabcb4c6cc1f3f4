/// How a request says who sends it.
package enum AuthOptions: Sendable, Equatable {
    /// It does not.
    case none
    /// HTTP basic authentication.
    case basic(user: String, password: Secret)
    /// A bearer token.
    case bearer(Secret)
}
