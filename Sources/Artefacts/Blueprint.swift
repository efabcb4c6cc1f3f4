import Objectives
import Settings

/// What of a configuration the artefacts are made from.
package struct Blueprint: Sendable {
    package var slos: [SLO]
    /// Bytes that the smallest spool may take: alerts speak before it is full.
    package var spoolBytes: Int
    /// `agent.memory_limit`.
    package var memoryBytes: Int
    /// Where the agent serves metrics and health, for commands in runbooks.
    package var listen: String
    /// `outputs.opensearch.data_stream`.
    package var dataStream: String
    package var places: Places

    /// The `job` that Prometheus scrapes agents under.
    package static let job = "martlet"

    /// Makes a blueprint; without arguments that of a configuration with defaults.
    package init(
        slos: [SLO] = [],
        spoolBytes: Int = DeliveryOptions.Spool().bytes,
        memoryBytes: Int = AgentOptions().memoryBytes,
        listen: String = AgentOptions().listen.description,
        dataStream: String = "logs-martlet-default",
        places: Places = Places()
    ) {
        self.slos = slos
        self.spoolBytes = spoolBytes
        self.memoryBytes = memoryBytes
        self.listen = listen
        self.dataStream = dataStream
        self.places = places
    }
}
