import Logging
import Outputs
import Synchronization

/// Hears what happens to batches: notes attempts until they are committed, keeps the state of every output, and
/// tells the log.
///
/// What became of records is not counted here but in the frame of the batch's acknowledgement (`SpoolKeeper`).
final class DeliveryCounters: DeliveryObserver {
    private struct State {
        var pending: [String: DeliveryCounts] = [:]
        var states: [String: OutputState]
    }

    private let state: Mutex<State>
    private let log: Logger

    init(outputs: [String], log: Logger) {
        state = Mutex(State(states: Dictionary(uniqueKeysWithValues: outputs.map { ($0, .up) })))
        self.log = log
    }

    /// How every output is.
    var states: [String: OutputState] { state.withLock { $0.states } }

    /// Attempts since the last call.
    func takePending() -> [String: DeliveryCounts] {
        state.withLock { state in
            defer { state.pending = [:] }
            return state.pending
        }
    }

    func attempt(_ output: String, code: String, duration: Duration, bytes: Int, encoding: String) {
        state.withLock { state in
            state.pending[output, default: DeliveryCounts()].requests[code, default: 0] += 1
            state.pending[output, default: DeliveryCounts()].bytes[encoding, default: 0] += UInt64(bytes)
            state.pending[output, default: DeliveryCounts()].durations
                .add(duration, bounds: DeliveryCounts.requestBounds)
        }
    }

    func delivered(_ output: String, records: Int, bytes: Int, lag: Duration) {}

    func rejected(_ output: String, records: Int, reason: String) {
        log.error(
            "output refused records",
            metadata: ["output": "\(output)", "records": "\(records)", "reason": "\(reason)"]
        )
    }

    func deadLetters(_ output: String, batch: SealedBatch, reason: String) {}

    func uncertain(_ output: String, records: Int) {}

    func state(_ output: String, _ state: OutputState) {
        let before = self.state.withLock { values in
            defer { values.states[output] = state }
            return values.states[output]
        }
        switch (before, state) {
        case (.up, .up), (nil, .up): break
        case (_, .up): log.info("output works again", metadata: ["output": "\(output)"])
        case (_, .retrying(let reason, _, _)) where before?.reason != reason:
            log.warning("output does not answer well", metadata: ["output": "\(output)", "reason": "\(reason)"])
        case (_, .held(let reason, _, _)) where before?.reason != reason:
            log.error("output refuses everything", metadata: ["output": "\(output)", "reason": "\(reason)"])
        default: break
        }
    }
}

extension OutputState {
    /// Why it is not up.
    var reason: String? {
        switch self {
        case .up: nil
        case .retrying(let reason, _, _), .held(let reason, _, _): reason
        }
    }
}
