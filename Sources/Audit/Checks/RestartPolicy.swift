extension Check {
    /// Who starts it again.
    static let restartPolicy = Check(
        "restart-policy",
        .medium,
        "Is started again when it ends",
        why: "After a crash, or a reboot of the host, it stays down until somebody sees it.",
        mend: "restart: unless-stopped, or on-failure:5 for what may end",
        references: ["B-8", "CIS 5.15"]
    ) { container in
        let policy = container.hostConfig.RestartPolicy.Name.text ?? ""
        guard policy.isEmpty || policy == "no" else { return .pass("HostConfig.RestartPolicy.Name is \(policy)") }
        if container.hostConfig.AutoRemove.flag == true { return .inapplicable("it is removed when it ends") }
        if !(container.config.Labels["com.docker.swarm.service.name"].text ?? "").isEmpty {
            return .inapplicable("Swarm starts it again")
        }
        return .finding("HostConfig.RestartPolicy.Name", "is no")
    }
}
