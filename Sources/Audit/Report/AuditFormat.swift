/// How a report is written.
package enum AuditFormat: String, CaseIterable, Sendable {
    /// For people at a terminal.
    case table
    /// One object on one line.
    case json
    /// For a change ticket.
    case markdown
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// For CI.
    case junit
}
