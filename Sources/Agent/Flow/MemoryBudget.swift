/// Bounds the bytes between inputs and outputs: `agent.memory_limit`.
///
/// Inputs wait above it.
final class MemoryBudget: Sendable {
    private struct State {
        var used = 0
        var isClosed = false
    }

    /// Bytes that may be in flight.
    let limit: Int
    private let state = Monitor(State())

    init(limit: Int) { self.limit = limit }

    /// Takes `bytes`, waiting until there is room; a batch larger than everything goes when nothing else is in
    /// flight.
    ///
    /// False: the agent is shutting down.
    func acquire(_ bytes: Int) -> Bool {
        state.wait { state in
            if state.isClosed { return false }
            guard state.used == 0 || state.used + bytes <= limit else { return nil }
            state.used += bytes
            return true
        } ?? false
    }

    /// Gives bytes back.
    func release(_ bytes: Int) {
        if bytes > 0 { state.update { $0.used -= bytes } }
    }

    /// Turns away everyone who waits, now and later.
    func close() { state.update { $0.isClosed = true } }

    /// Bytes in flight.
    var used: Int { state.update { $0.used } }
}
