/// Why an agent cannot start; the command line makes an exit code of it.
package enum AgentError: Error, Equatable {
    /// A file or folder cannot be used.
    case io(String)
    /// Another agent holds the data directory.
    case busy(String)
    /// The rights are missing.
    case forbidden(String)
    /// The configuration is valid in form but cannot be carried out on this host.
    case configuration(String)
    /// Something it needs is not there.
    case unavailable(String)

    /// What is wrong and what to do.
    package var message: String {
        switch self {
        case .io(let text), .busy(let text), .forbidden(let text), .configuration(let text), .unavailable(let text):
            text
        }
    }
}
