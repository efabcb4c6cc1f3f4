import Logging
import Outputs
import RecordPath
import Settings
import Spool
import Transport

/// The SLOs of an agent with those who hear of their alerts.
struct AgentObjectives: Sendable {
    let keeper: ObjectiveKeeper
    let desk: AlertDesk

    /// Makes everything that can fail; `note` is what the last commit of the spool says of SLOs.
    init(
        _ configuration: AgentConfiguration,
        note: [UInt8]?,
        tables: TableBudget,
        log: Logger
    ) throws(AgentError) {
        let directory = configuration.agent.dataDirectory
        let sinks = try Self.sinks(configuration, log)
        do {
            keeper = try ObjectiveKeeper(configuration.slos, directory: directory, note: note, tables: tables, log: log)
            desk = try AlertDesk(
                sinks,
                directory: directory,
                keeper: keeper,
                labels: configuration.agent.labels,
                log: log
            )
        } catch {
            throw AgentError.io(error.description)
        }
    }

    private static func sinks(_ configuration: AgentConfiguration, _ log: Logger) throws(AgentError) -> [any AlertSink]
    {
        var sinks: [any AlertSink] = []
        if let options = configuration.alertmanager {
            let transport = TransportOptions(options.delivery, auth: options.auth, tls: options.tls, connections: 2)
            sinks.append(
                AlertmanagerSink(options, transport: try OutputParts.transport(transport, "alertmanager", log))
            )
        }
        if let options = configuration.webhook {
            let transport = TransportOptions(options.delivery, auth: options.auth, tls: options.tls, connections: 2)
            sinks.append(WebhookSink(options, transport: try OutputParts.transport(transport, "webhook", log)))
        }
        return sinks
    }

    /// Starts evaluating and telling.
    func start(isObserved: @escaping @Sendable () -> Bool) -> Running {
        let desk = desk
        return Running(
            ticker: ObjectiveTicker(keeper, desk, isObserved: isObserved),
            teller: Task { await desk.run() }
        )
    }

    /// The SLOs of an agent at work.
    struct Running: Sendable {
        let ticker: ObjectiveTicker
        /// Ends when it is cancelled, at the latest after the request that is on its way.
        let teller: Task<Void, Never>

        /// Evaluates for the last time and stops telling; what was not told is told by the next run.
        func stop() async {
            await Blocking.run { ticker.stop() }
            teller.cancel()
            await teller.value
        }
    }
}
