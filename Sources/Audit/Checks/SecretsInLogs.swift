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
        guard let log = container.readableLog else { return .noLines }
        return .found(log.secrets, in: log)
    }
}
