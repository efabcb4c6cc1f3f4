extension Check {
    /// A fork bomb stays inside.
    static let pidsLimit = Check(
        "pids-limit",
        .medium,
        "Has a limit on processes and threads",
        why: "A leak of threads or a fork bomb takes the host's process table, and then nobody can log in.",
        mend: "pids_limit: 200 (deploy.resources.limits.pids)",
        references: ["A-7.1.3", "CIS 5.29"]
    ) { container in
        let limit = container.hostConfig.PidsLimit.number ?? 0
        guard limit > 0 else { return .finding("HostConfig.PidsLimit", "is not set: as many as the host has") }
        return .pass("HostConfig.PidsLimit is \(limit)")
    }
}
