/// One path and what answers it.
///
/// A new page or API call is one more of these in the table that the server is given.
package struct AdminRoute: Sendable {
    /// Who may ask.
    package enum Access: Sendable {
        /// Everybody who reaches the address; on another address than loopback, who has the token.
        case open
        /// Who has the token.
        case token
        /// As `token`, but a browser without one gets the answer as well, with status 401: a page that holds no data
        /// and asks for the token.
        case page
    }

    /// Compared byte by byte.
    package let path: String
    /// Who may ask.
    package let access: Access
    /// Runs on one of NIO's threads for blocking work, from what is in memory: it waits for nothing.
    package let answer: @Sendable (AdminRequest) -> AdminResponse

    /// Makes a route.
    package init(
        _ path: String,
        _ access: Access,
        answer: @escaping @Sendable (AdminRequest) -> AdminResponse
    ) {
        self.path = path
        self.access = access
        self.answer = answer
    }
}
