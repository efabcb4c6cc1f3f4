/// Why the engine cannot be used, with what to do about it.
package enum EngineFailure: Error, Sendable, Equatable {
    /// Nothing at the socket's path.
    case noSocket(EngineAddress)
    /// Not allowed to connect; the group that owns the socket, when it is known.
    case forbidden(EngineAddress, group: String?)
    /// Nobody listens.
    case refused(EngineAddress)
    /// The connection cannot be made for another reason, with its errno.
    case unreachable(EngineAddress, code: Int32)
    case timedOut
    /// The connection ended in the middle of an answer.
    case disconnected
    case malformed(HTTPResponseParser.Failure)
    /// The engine answered with an error.
    case status(Int)
    case answerTooLong
    /// The answer is not the JSON that it should be.
    case unreadable
    /// The agent is shutting down.
    case stopped

    /// What is wrong and what to do, in one sentence each.
    package var explanation: String {
        switch self {
        case .noSocket(let address):
            "no Docker socket at \(address); start the engine (systemctl start docker) or set inputs.docker.socket"
        case .forbidden(let address, let group):
            "no permission for \(address); add the agent's user to the group "
                + "\(group ?? "that owns it"): usermod -aG \(group ?? "GROUP") USER"
        case .refused(let address): "nobody listens at \(address); start the engine: systemctl start docker"
        case .unreachable(let address, let code):
            "no connection to \(address) (errno \(code)); check inputs.docker.socket and the network"
        case .timedOut: "the engine does not answer in time; see its log: journalctl -u docker"
        case .disconnected: "the engine closed the connection; see its log: journalctl -u docker"
        case .malformed(let failure): "the engine's answer is not HTTP (\(failure)); check inputs.docker.socket"
        case .status(let status): "the engine refuses the request with status \(status); see its log"
        case .answerTooLong: "the engine's answer is longer than the limit; are there that many containers?"
        case .unreadable: "the engine's answer is not the JSON of its API; check inputs.docker.socket"
        case .stopped: "the agent is shutting down"
        }
    }
}
