extension Check {
    /// What its health check says.
    static let healthy = Check(
        "healthy",
        .high,
        "Passes its health check",
        why: "The service itself says that it does not work.",
        mend: "docker inspect --format '{{json .State.Health.Log}}' NAME says what the check saw",
        references: ["A-6.1.1"]
    ) { container in
        guard container.isRunning else { return .inapplicable("it does not run") }
        let health = container.inspect.State.Health
        let streak = health.FailingStreak.number ?? 0
        switch health.Status.text ?? "none" {
        case "healthy": return .pass("State.Health.Status is healthy")
        case "unhealthy": return .finding("State.Health.Status", "is unhealthy, \(streak) times in a row")
        case "starting": return .unknown("State.Health.Status is starting")
        default: return .inapplicable("there is no health check")
        }
    }
}
