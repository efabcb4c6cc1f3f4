import Logging

/// Saves positions once a second while they change, on a thread of its own, and once more at the end.
final class PositionSaver: Sendable {
    private let store: PositionStore
    private let log: Logger
    private let isStopping = Monitor(false)
    private let thread: AgentThread

    init(_ store: PositionStore, log: Logger) {
        self.store = store
        self.log = log
        let isStopping = isStopping
        thread = AgentThread("positions") {
            while isStopping.wait(for: .seconds(1), until: { $0 ? true : nil }) == nil { Self.save(store, log) }
            Self.save(store, log)
        }
    }

    /// Saves for the last time.
    func stop() {
        isStopping.update { $0 = true }
        thread.join()
    }

    /// Saves now.
    static func save(_ store: PositionStore, _ log: Logger) {
        do {
            try store.save()
        } catch {
            log.error(
                "positions are not saved, lines may repeat after a restart",
                metadata: ["error": "\(error.description)"]
            )
        }
    }
}
