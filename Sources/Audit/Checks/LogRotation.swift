extension Check {
    /// Whether its logs can fill the disk.
    static let logRotation = Check(
        "log-rotation",
        .medium,
        "Has its logs rotated",
        why: "The default driver keeps every line for ever: a chatty service fills the host's disk.",
        mend:
            "logging: {driver: local}, or options: {max-size: 10m, max-file: \"3\"} with json-file; then create it anew",
        references: ["A-15.3.1"]
    ) { container in
        let driver = container.hostConfig.LogConfig.Type.text ?? ""
        guard driver == "json-file" else {
            return driver.isEmpty
                ? .unknown("HostConfig.LogConfig.Type is empty") : .pass("HostConfig.LogConfig.Type is \(driver)")
        }
        let size = container.hostConfig.LogConfig.Config["max-size"].text ?? ""
        guard !size.isEmpty, size != "-1" else {
            return .finding("HostConfig.LogConfig", "is json-file without max-size")
        }
        return .pass("HostConfig.LogConfig.Config.max-size is \(size)")
    }
}
