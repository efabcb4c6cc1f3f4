/// What a check makes of a container.
package enum Verdict: Sendable, Equatable {
    /// As it should be, and what shows it.
    case pass(String)
    /// Not as it should be: which field shows it, what it says, and how bad that is where it is not as bad as usual.
    case finding(_ field: String, _ observed: String, Severity? = nil)
    /// Does not apply to this container, and why.
    case inapplicable(String)
    /// Cannot be told, and why; never counts as a pass.
    case unknown(String)

    /// The word for it in reports.
    package var status: String {
        switch self {
        case .pass: "pass"
        case .finding: "finding"
        case .inapplicable: "inapplicable"
        case .unknown: "unknown"
        }
    }

    /// There is no log to judge by.
    static let noLines = Verdict.unknown("it has written no line that can be read")

    /// What detectors found in a log: should be nothing.
    static func found(_ counts: [(detector: String, count: UInt64)], in log: LogEvidence) -> Verdict {
        guard !counts.isEmpty else { return .pass("nothing in \(log.records) records") }
        let list = counts.map { "\($0.detector) \($0.count)" }.joined(separator: ", ")
        return .finding("log", "has \(list) in \(log.records) records")
    }

    /// What shows it, or why nothing does.
    package var evidence: String {
        switch self {
        case .finding(let field, let observed, _): "\(field) \(observed)"
        case .pass(let text), .inapplicable(let text), .unknown(let text): text
        }
    }
}
