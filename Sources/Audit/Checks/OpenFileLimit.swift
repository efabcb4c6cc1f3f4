extension Check {
    /// How many files and connections it may have open.
    static let openFileLimit = Check(
        "open-file-limit",
        .low,
        "Has an open-file limit of its own",
        why:
            "What the engine happens to have been started with decides when connections fail, or that a leak never does.",
        mend: "ulimits: {nofile: {soft: 65536, hard: 65536}}",
        references: ["A-7.2.1", "CIS 5.19"]
    ) { container in
        let limit = container.hostConfig.Ulimits.list.first { $0.Name.text == "nofile" }
        guard let limit else { return .finding("HostConfig.Ulimits", "does not have nofile") }
        let soft = limit.Soft.number ?? 0
        guard soft >= 1024 || soft < 0 else {
            return .finding("HostConfig.Ulimits", "has nofile \(soft): few for a service")
        }
        return .pass("HostConfig.Ulimits has nofile \(soft)")
    }
}
