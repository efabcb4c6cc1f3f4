package import Outputs
import Synchronization

/// Remembers everything that delivery reports.
package final class RecordingObserver: DeliveryObserver {
    /// What was heard.
    package struct Account: Sendable {
        package var codes: [String] = []
        package var delivered = 0
        package var rejected: [String: Int] = [:]
        package var deadLetters: [SealedBatch] = []
        package var uncertain = 0
        package var collisions = 0
        package var states: [OutputState] = []

        /// Records that came to an end.
        package var settled: Int { delivered + rejected.values.reduce(0, +) }
    }

    private let state = Mutex(Account())

    /// Makes an observer that has heard nothing.
    package init() {}

    /// What was heard so far.
    package var account: Account { state.withLock(\.self) }

    package func attempt(_ output: String, code: String, duration: Duration, bytes: Int, encoding: String) {
        state.withLock { $0.codes.append(code) }
    }

    package func delivered(_ output: String, records: Int, bytes: Int, lag: Duration) {
        state.withLock { $0.delivered += records }
    }

    package func rejected(_ output: String, records: Int, reason: String) {
        state.withLock { $0.rejected[reason, default: 0] += records }
    }

    package func deadLetters(_ output: String, batch: SealedBatch, reason: String) {
        state.withLock { $0.deadLetters.append(batch) }
    }

    package func uncertain(_ output: String, records: Int) {
        state.withLock { $0.uncertain += records }
    }

    package func collisions(_ output: String, records: Int) {
        state.withLock { $0.collisions += records }
    }

    package func state(_ output: String, _ state: OutputState) {
        self.state.withLock { $0.states.append(state) }
    }
}
