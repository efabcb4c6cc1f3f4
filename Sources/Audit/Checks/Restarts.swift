extension Check {
    /// Whether it keeps crashing.
    static let restarts = Check(
        "restarts",
        .medium,
        "Does not keep restarting",
        why: "Each restart is a crash that lost what was in hand.",
        mend: "docker logs --tail 50 NAME shows what it said last",
        references: ["A-5.1.2"]
    ) { container in
        let count = container.inspect.RestartCount.number ?? 0
        if container.inspect.State.Restarting.flag == true {
            return .finding("State.Restarting", "is true, after \(count) restarts: it loops", .high)
        }
        guard count > 0 else { return .pass("RestartCount is 0") }
        return .finding("RestartCount", "is \(count)")
    }
}
