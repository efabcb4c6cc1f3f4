extension Check {
    /// Whether the engine can tell that it works.
    static let healthCheck = Check(
        "health-check",
        .medium,
        "Has a health check",
        why: "A process that hangs still runs: without a check nobody restarts it or takes it out.",
        mend: "healthcheck: {test: [\"CMD\", \"/app\", \"healthcheck\"], interval: 10s, timeout: 2s, retries: 3}",
        references: ["A-6.1.1", "CIS 4.6", "CIS 5.27"]
    ) { container in
        let test = container.config.Healthcheck.Test.texts
        guard let kind = test.first, !kind.isEmpty else { return .finding("Config.Healthcheck", "is not there") }
        guard kind != "NONE" else { return .finding("Config.Healthcheck", "is NONE: the image's own is turned off") }
        return .pass("Config.Healthcheck.Test is there")
    }
}
