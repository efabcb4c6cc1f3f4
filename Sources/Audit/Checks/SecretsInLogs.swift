extension Check {
    /// Counts by detector, never a value.
    static let secretsInLogs = Check(
        "no-secrets-in-logs",
        .high,
        "Writes no secret to its logs",
        why: "A secret that was logged is a secret that is known: in the engine's files, and to all who may read them.",
        mend: "stop logging headers, URLs and configurations whole, and replace the secret",
        references: ["A-8.2.3", "A-16.2.2"],
        needsInspection: false
    ) { container in
        guard let log = container.log, log.records > 0 else {
            return .unknown("it has written no line that can be read")
        }
        let found = log.secrets
        guard !found.isEmpty else { return .pass("nothing in \(log.records) records") }
        let list = found.map { "\($0.detector) \($0.count)" }.joined(separator: ", ")
        return .finding("log", "has \(list) in \(log.records) records")
    }
}
