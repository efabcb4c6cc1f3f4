extension ContainerDetails {
    /// Reads the engine's inspection; nil when it is not JSON of the right outer shape.
    package init?(id: String, inspection body: [UInt8]) {
        guard let found = EngineJSON.decode(EngineJSON.Inspected.self, body) else { return nil }
        let name = found.name ?? ""
        self.init(
            id: id,
            name: name.hasPrefix("/") ? String(name.dropFirst()) : name,
            image: found.config?.image ?? "",
            labels: found.config?.labels ?? [:],
            hasTerminal: found.config?.tty ?? false,
            logDriver: found.hostConfig?.logDriver ?? "",
            isRunning: found.state?.running ?? false,
            finishedAt: found.state?.finishedAt.flatMap { EngineTime.parse($0) } ?? 0
        )
        logPath = found.logPath ?? ""
        compressesLogs = found.hostConfig?.logOptions?["compress"] == "true"
        limits = ContainerLimits(found.hostConfig)
        life = ContainerLife(found)
    }
}
