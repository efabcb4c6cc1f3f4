extension Check {
    /// Arguments show in `ps`, to everyone on the host.
    static let secretsInArguments = Check(
        "secrets-in-arguments",
        .high,
        "Has no secret among its arguments",
        why: "Every user of the host sees the arguments of every process.",
        mend: "give the service a file (secrets: in Compose), and its path as the argument",
        references: ["A-16.2.1"]
    ) { container in
        let found =
            SecretFinder.inCommand(container.inspect.Args.texts, "Args")
            + SecretFinder.inCommand(container.config.Healthcheck.Test.texts, "Healthcheck.Test")
        guard !found.isEmpty else { return .pass("no argument looks like a secret") }
        return .finding("Args", "have a secret: \(found.map(\.text).joined(separator: ", "))")
    }
}
