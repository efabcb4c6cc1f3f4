extension Check {
    /// One leak must not take the host along.
    static let memoryLimit = Check(
        "memory-limit",
        .high,
        "Has a memory limit",
        why: "Without one a leak makes the kernel kill whatever it likes, other services first.",
        mend: "mem_limit: 256m (deploy.resources.limits.memory), above what it needs at its busiest",
        references: ["A-7.1.1", "CIS 5.11"]
    ) { container in
        let bytes = container.hostConfig.Memory.number ?? 0
        guard bytes > 0 else { return .finding("HostConfig.Memory", "is 0: as much as the host has") }
        guard container.engine.MemoryLimit.flag != false else {
            return .finding("MemoryLimit", "of the engine is false: the kernel does not enforce the limit")
        }
        return .pass("HostConfig.Memory is \(bytes)")
    }
}
