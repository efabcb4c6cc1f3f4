/// A service that could not be started.
package enum ExecError: Error, Equatable {
    case notFound(command: String)
    case notExecutable(command: String)
    case failed(command: String, errno: Int32)

    /// What a shell exits with.
    package var exitCode: Int32 {
        switch self {
        case .notFound: 127
        case .notExecutable: 126
        case .failed: 71
        }
    }
}
