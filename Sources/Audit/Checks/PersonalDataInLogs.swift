extension Check {
    /// Counts by detector, never a value.
    static let personalDataInLogs = Check(
        "no-personal-data-in-logs",
        .medium,
        "Writes no personal data to its logs",
        why: "Martlet takes it out on the way; whoever reads the container's own log still sees it.",
        mend: "log ids instead of names, addresses and numbers; martlet explain LINE shows what was recognised where",
        references: ["A-8.2.3", "A-19.1.2"],
        needsInspection: false
    ) { container in
        guard let log = container.log, log.records > 0 else {
            return .unknown("it has written no line that can be read")
        }
        let found = log.personalData
        guard !found.isEmpty else { return .pass("nothing in \(log.records) records") }
        let list = found.map { "\($0.detector) \($0.count)" }.joined(separator: ", ")
        return .finding("log", "has \(list) in \(log.records) records")
    }
}
