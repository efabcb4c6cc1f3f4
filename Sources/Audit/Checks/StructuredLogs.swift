extension Check {
    /// Whether machines can read its lines.
    static let structuredLogs = Check(
        "structured-logs",
        .medium,
        "Writes structured lines to stdout or stderr",
        why: "Levels, ids and latencies in free text must be guessed, and guesses miss.",
        mend: "have the logger write JSON, one object a line, to stdout",
        references: ["A-8.1.1", "A-8.2.1"],
        needsInspection: false
    ) { container in
        if container.hostConfig.LogConfig.Type.text == "none" {
            return .finding("HostConfig.LogConfig.Type", "is none: there are no logs", .high)
        }
        guard let log = container.readableLog else { return .noLines }
        let share = LogEvidence.share(log.structured, of: log.records)
        // Some lines of every service are its runtime's.
        guard log.structured * 10 >= log.records * 9 else { return .finding("log", "has fields in \(share) records") }
        return .pass("\(share) records have fields")
    }
}
