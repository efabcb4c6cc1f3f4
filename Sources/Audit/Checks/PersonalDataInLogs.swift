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
        guard let log = container.readableLog else { return .noLines }
        return .found(log.personalData, in: log)
    }
}
