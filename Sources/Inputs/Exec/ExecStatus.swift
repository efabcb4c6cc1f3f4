/// How a service ended.
package enum ExecStatus: Sendable, Equatable {
    case exited(Int32)
    case killed(signal: Int32)

    /// What Martlet exits with in its place, as a shell would.
    package var exitCode: Int32 {
        switch self {
        case .exited(let code): code
        case .killed(let signal): 128 + signal
        }
    }
}
