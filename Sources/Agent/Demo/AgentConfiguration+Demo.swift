import Inputs
import Outputs
import Settings

extension AgentConfiguration {
    /// What `martlet demo` runs beside its shop: whatever this host offers, with objectives for every service.
    package static func demo(dataDirectory: String) -> AgentConfiguration {
        var configuration = shop
        configuration.agent.dataDirectory = dataDirectory
        configuration.archive = ArchiveOptions(directory: dataDirectory + "/archive")
        if let socket = HostOffers.dockerSocket { configuration.docker = DockerOptions(socket: socket, start: .now) }
        if HostOffers.hasJournal { configuration.journald = JournalOptions() }
        return configuration
    }

    /// Every key at its default but the objectives, which are those of the default configuration.
    private static var shop: AgentConfiguration {
        do {
            return try parse(
                """
                slos:
                  - {name: availability, service: "*", objective: 99.9, sli: {bad: 'status >= 500', total: 'status > 0'}}
                  - {name: latency, service: "*", objective: 95, sli: {latency: {threshold: 500ms}}}
                """
            )
        } catch {
            preconditionFailure("the demo's objectives are valid: \(error)")
        }
    }
}
