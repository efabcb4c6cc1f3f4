/// What an SLO counts: which records are events, and which of them are bad.
///
/// Pure: a worker asks for the outcome of each record and counts it; what becomes of the counts is not decided here.
package struct Indicator: Sendable, Equatable {
    /// What one record is to an SLO.
    package enum Outcome: UInt8, Sendable {
        case good, bad
    }

    /// Which records count; nil: all that `bad` and `good` leave.
    package var total: Expression?
    /// Which are bad.
    package var bad: Expression?
    /// Which are good; with `bad` too, what is neither does not count.
    package var good: Expression?

    /// Makes an indicator; one of `bad` and `good` at least must stand.
    package init(bad: Expression?, good: Expression?, total: Expression?) {
        precondition(bad != nil || good != nil, "an indicator without bad and good has no outcome")
        self.bad = bad
        self.good = good
        self.total = total
    }

    /// What a record is; nil where it does not count.
    @inline(__always) package func outcome<Subject: ExpressionSubject & ~Copyable>(
        of subject: borrowing Subject
    ) -> Outcome? {
        if let total, !total.holds(for: subject) { return nil }
        if let bad, bad.holds(for: subject) { return .bad }
        guard let good else { return .good }
        if good.holds(for: subject) { return .good }
        return bad == nil ? .bad : nil
    }
}
