/// How much a finding matters.
package enum Severity: String, CaseIterable, Sendable, Comparable {
    case low, medium, high, critical

    package static func < (one: Severity, other: Severity) -> Bool { one.rank < other.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
