/// Why the admin server could not start; the text says what to do.
package enum AdminError: Error, Equatable, CustomStringConvertible {
    /// `agent.listen` is not HOST:PORT.
    case notAnAddress(String)
    /// The address cannot be listened on.
    case cannotListen(address: String, problem: String)
    /// The token can neither be read nor made.
    case cannotKeepToken(path: String, problem: String)

    /// Where, what, and what to do.
    package var description: String {
        switch self {
        case .notAnAddress(let text):
            "agent.listen: \(text) is no address; write HOST:PORT, such as 127.0.0.1:14464 or [::1]:14464"
        case .cannotListen(let address, let problem):
            "cannot listen on \(address): \(problem); stop what uses it, or set agent.listen to another address"
        case .cannotKeepToken(let path, let problem):
            "cannot keep the access token in \(path): \(problem); make agent.data_dir writable for this user"
        }
    }
}
