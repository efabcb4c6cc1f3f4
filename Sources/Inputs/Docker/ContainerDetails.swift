/// What the agent knows of a container.
package struct ContainerDetails: Sendable, Equatable {
    /// 64 hexadecimal digits.
    package var id: String
    /// Without the leading slash.
    package var name: String
    /// The image as the container was made from it.
    package var image: String
    package var labels: [String: String]
    /// With a terminal: the log stream has no frames.
    package var hasTerminal: Bool
    /// The log driver, such as `json-file`, `local` or `journald`.
    package var logDriver: String
    package var isRunning: Bool
    /// When it last ended, nanoseconds since 1970; 0 when it never has.
    package var finishedAt: Int64
    /// Where the json-file driver writes; empty with other drivers.
    package var logPath = ""
    /// The driver compresses what it has rotated.
    package var compressesLogs = false
    /// What it may use.
    package var limits = ContainerLimits()
    /// Its starts and ends, as the engine counts them.
    package var life = ContainerLife()

    /// Makes details.
    package init(
        id: String,
        name: String,
        image: String = "",
        labels: [String: String] = [:],
        hasTerminal: Bool = false,
        logDriver: String = "json-file",
        isRunning: Bool = true,
        finishedAt: Int64 = 0
    ) {
        self.id = id
        self.name = name
        self.image = image
        self.labels = labels
        self.hasTerminal = hasTerminal
        self.logDriver = logDriver
        self.isRunning = isRunning
        self.finishedAt = finishedAt
    }

    /// Its names on metrics; the service by the same rule as for its lines.
    package var identity: ContainerIdentity {
        ContainerIdentity(id: id, container: name, service: declaredService ?? name)
    }

    /// The service that the operator has named by a label; Martlet's own label first, then Compose, OpenTelemetry.
    package var declaredService: String? {
        let keys = [
            "martlet.service", "com.docker.compose.service", "service.name", "opentelemetry.service.name",
            "io.opentelemetry.service.name", "resource.opentelemetry.io/service.name",
            "com.docker.swarm.service.name",
        ]
        return keys.lazy.compactMap { labels[$0] }.first { !$0.isEmpty }
    }
}
