extension Check {
    /// Whether its limit is too low, or it leaks.
    static let outOfMemory = Check(
        "out-of-memory",
        .high,
        "Has not run out of memory",
        why: "The kernel killed it in the middle of its work, and will again.",
        mend: "find the leak, or raise mem_limit; martlet_container_memory_ratio shows the course",
        references: ["A-7.1.1"]
    ) { container in
        let kills = StopHistory(container.events, stopSignal: container.config.StopSignal.text ?? "").outOfMemory
        if container.inspect.State.OOMKilled.flag == true {
            return .finding("State.OOMKilled", "is true\(kills > 1 ? ", \(kills) times" : "")")
        }
        guard kills == 0 else { return .finding("events", "tell of \(kills) kills for want of memory") }
        return .pass("State.OOMKilled is false")
    }
}
