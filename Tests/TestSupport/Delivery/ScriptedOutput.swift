package import Outputs
import Synchronization

/// An output that answers what it is told to; without more answers it delivers.
package final class ScriptedOutput: Output {
    private struct State {
        var outcomes: [Outcome]
        var readbacks: [Readback]
        var calls: [String] = []
    }

    package let name = "scripted"
    private let state: Mutex<State>
    private let divide: @Sendable (SealedBatch) -> [SealedBatch]

    /// Makes an output with the answers it gives, in turn.
    package init(
        _ outcomes: [Outcome],
        readbacks: [Readback] = [],
        divide: @escaping @Sendable (SealedBatch) -> [SealedBatch] = { _ in [] }
    ) {
        state = Mutex(State(outcomes: outcomes, readbacks: readbacks))
        self.divide = divide
    }

    /// What was asked of it: the verb and the first byte of the body.
    package var calls: [String] { state.withLock(\.calls) }

    package func send(_ batch: SealedBatch) async -> Outcome { answer("send", batch) }
    package func resend(_ batch: SealedBatch) async -> Outcome { answer("resend", batch) }
    package func parts(of batch: SealedBatch) -> [SealedBatch] { divide(batch) }

    package func missing(from batch: SealedBatch) async -> Readback {
        state.withLock { state in
            state.calls.append("ask \(batch.body.first ?? 0)")
            return state.readbacks.isEmpty ? .unknown : state.readbacks.removeFirst()
        }
    }

    private func answer(_ verb: String, _ batch: SealedBatch) -> Outcome {
        state.withLock { state in
            state.calls.append("\(verb) \(batch.body.first ?? 0)")
            return state.outcomes.isEmpty ? .delivered : state.outcomes.removeFirst()
        }
    }
}
