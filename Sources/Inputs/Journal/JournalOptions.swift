/// What of the journal is read, and from where.
package struct JournalOptions: Sendable, Equatable {
    /// Which journal.
    package enum Source: Sendable, Equatable {
        /// The merged journal of this machine, system and users.
        case local
        /// All journal files in a folder and the folders of machines in it.
        case directory(String)
        /// A journal namespace of this machine.
        case namespace(String)
    }

    /// Where reading begins when no position is known.
    package enum Start: Sendable, Equatable {
        case beginning
        case now
        case ago(Duration)
    }

    /// Severities as journald names them, the most severe first.
    package enum Priority: String, CaseIterable, Sendable {
        case emerg, alert, crit, err, warning, notice, info, debug

        /// 0 for `emerg` … 7 for `debug`.
        package var number: Int { Self.allCases.firstIndex(of: self) ?? 7 }
    }

    /// Names of units; empty: all.
    package var units: [String]
    /// `FIELD=value` as journalctl takes them: equal fields are alternatives, different ones must all match.
    package var matches: [String]
    /// This and more severe.
    package var priority: Priority
    package var source: Source
    package var start: Start

    /// Makes options; all of them are optional.
    package init(
        units: [String] = [],
        matches: [String] = [],
        priority: Priority = .debug,
        source: Source = .local,
        start: Start = .now
    ) {
        self.units = units
        self.matches = matches
        self.priority = priority
        self.source = source
        self.start = start
    }

    /// The key of the position: another journal is another position.
    package var positionKey: String {
        switch source {
        case .local: "journald"
        case .directory(let path): "journald:directory:\(path)"
        case .namespace(let name): "journald:namespace:\(name)"
        }
    }
}
