extension Check {
    /// The environment shows in `inspect`, in /proc and in crash dumps.
    static let secretsInEnvironment = Check(
        "secrets-in-environment",
        .high,
        "Has no secret in its environment",
        why: "Whoever may ask the engine, and every child process and crash report, sees the environment.",
        mend: "secrets: in Compose, and NAME_FILE=/run/secrets/NAME where the service can read a file",
        references: ["A-16.1.3", "A-3.3.2"]
    ) { container in
        let found = SecretFinder.inVariables(container.config.Env.texts)
        guard !found.isEmpty else { return .pass("Config.Env holds nothing that looks like a secret") }
        return .finding("Config.Env", "has \(found.map(\.text).joined(separator: ", "))")
    }
}
