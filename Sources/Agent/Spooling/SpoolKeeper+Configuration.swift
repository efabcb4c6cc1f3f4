import Logging
import RecordPath
import Settings
import Spool

extension SpoolKeeper {
    /// Opens the spool below a configuration's data directory, with a lane for each of its outputs.
    static func open(
        _ configuration: AgentConfiguration,
        _ counters: DeliveryCounters,
        _ states: InputStates,
        _ containers: ContainerSignalTable,
        _ bounds: (memory: MemoryPlan, tables: TableBudget),
        _ log: Logger
    ) throws(AgentError) -> SpoolKeeper {
        let root = configuration.agent.dataDirectory + "/spool"
        let lanes = configuration.outputNames.map { name in
            let spool = configuration.delivery(of: name).spool
            return LaneOptions(
                name: name,
                quotaBytes: spool.bytes,
                whenFull: spool.whenFull == .wait ? .wait : .dropOldest
            )
        }
        let parts = Parts(
            folder: DiskFiles(root: configuration.agent.dataDirectory),
            outputs: lanes,
            counters: counters,
            states: states,
            containers: containers,
            memory: bounds.memory,
            tables: bounds.tables,
            bounds: configuration.signals.bounds,
            log: log
        )
        do throws(SpoolError) {
            do throws(FileFailure) {
                let folder = DiskFiles(root: configuration.agent.dataDirectory)
                try folder.makeDirectory("spool")
                try folder.syncDirectory("")
            } catch {
                throw .file(error)
            }
            return try SpoolKeeper(DiskFiles(root: root), parts, now: WallClock.now)
        } catch {
            throw AgentError(error)
        }
    }
}

extension AgentError {
    /// What the command line makes of a spool that does not open.
    init(_ error: SpoolError) {
        self =
            switch error {
            case .newerVersion: .configuration(error.description)
            case .file(let failure) where failure.code == 13 || failure.code == 1: .forbidden(error.description)
            case .file, .tooLarge: .io(error.description)
            }
    }
}
