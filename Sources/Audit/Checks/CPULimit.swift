extension Check {
    /// A busy loop must not slow its neighbours.
    static let cpuLimit = Check(
        "cpu-limit",
        .medium,
        "Has a CPU limit",
        why: "A busy loop in one service becomes the latency of all others.",
        mend: "cpus: \"1.0\" (deploy.resources.limits.cpus)",
        references: ["A-7.1.2", "CIS 5.12"]
    ) { container in
        let host = container.hostConfig
        if let nano = host.NanoCpus.number, nano > 0 { return .pass("HostConfig.NanoCpus is \(nano)") }
        if let quota = host.CpuQuota.number, quota > 0 { return .pass("HostConfig.CpuQuota is \(quota)") }
        if let cpus = host.CpusetCpus.text, !cpus.isEmpty { return .pass("HostConfig.CpusetCpus is \(cpus)") }
        return .finding("HostConfig.NanoCpus", "is 0: all cores of the host")
    }
}
