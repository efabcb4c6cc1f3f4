/// The filter of the options in libsystemd's terms, so that entries that nobody wants are never looked at.
///
/// libsystemd joins terms in three levels: equal fields are alternatives, `or` stands between groups of them, and
/// `and` joins everything before it with everything behind it.
package enum JournalMatches {
    /// One call of libsystemd.
    package enum Step: Equatable, Sendable {
        case match(String)
        case or
        case and
    }

    /// The calls that filter by these options; none when everything is wanted.
    package static func steps(for options: JournalOptions) -> [Step] {
        let groups = [
            unitSteps(options.units), options.matches.map { .match($0) }, prioritySteps(options.priority),
        ]
        return Array(groups.filter { !$0.isEmpty }.joined(separator: [.and]))
    }

    /// Journalctl's rule for `--unit`: what the unit printed, and what was said about it by those who may be
    /// believed: its core dumps, process 1, and daemons of root that name it.
    private static func unitSteps(_ units: [String]) -> [Step] {
        let coreDump = "MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1"
        let alternatives = units.flatMap { unit -> [[Step]] in
            var terms: [[Step]] = [
                [.match("_SYSTEMD_UNIT=\(unit)")],
                [.match(coreDump), .match("_UID=0"), .match("COREDUMP_UNIT=\(unit)")],
                [.match("_PID=1"), .match("UNIT=\(unit)")],
                [.match("_UID=0"), .match("OBJECT_SYSTEMD_UNIT=\(unit)")],
            ]
            if unit.hasSuffix(".slice") { terms.append([.match("_SYSTEMD_SLICE=\(unit)")]) }
            return terms
        }
        return Array(alternatives.joined(separator: [.or]))
    }

    /// `debug` is every priority, and entries without one.
    private static func prioritySteps(_ priority: JournalOptions.Priority) -> [Step] {
        guard priority != .debug else { return [] }
        return (0...priority.number).map { .match("PRIORITY=\($0)") }
    }
}
