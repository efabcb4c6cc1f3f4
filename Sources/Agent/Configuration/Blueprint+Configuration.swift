import Artefacts
import Objectives
import Outputs
import Settings

extension Blueprint {
    /// What of a configuration dashboards, alerts and runbooks are made from.
    package init(_ configuration: AgentConfiguration, places: Places = Places()) {
        let own = [
            configuration.loki?.delivery, configuration.opensearch?.delivery, configuration.archive?.delivery,
        ]
        // An output may override the spool's size; the alert is for the smallest.
        let deliveries = own.allSatisfy { $0 == nil } ? [configuration.delivery] : own.compactMap { $0 }
        self.init(
            slos: configuration.slos.slos,
            spoolBytes: deliveries.map(\.spool.bytes).min() ?? configuration.delivery.spool.bytes,
            memoryBytes: configuration.agent.memoryBytes,
            listen: configuration.agent.listen.description,
            places: places
        )
        if let opensearch = configuration.opensearch { dataStream = opensearch.dataStream }
    }
}
