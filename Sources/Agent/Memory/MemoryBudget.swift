/// Bounds the bytes in one part of the agent: who would bring more waits.
final class MemoryBudget: Sendable {
    private struct State {
        var used = 0
        var isClosed = false
    }

    /// Bytes that there may be.
    let limit: Int
    private let state = Monitor(State())

    init(limit: Int) { self.limit = limit }

    /// Takes `bytes`, waiting until there is room; what is larger than everything goes when nothing else is there.
    ///
    /// False: the budget is closed, and nothing was taken.
    func acquire(_ bytes: Int) -> Bool {
        state.wait { state in
            if state.isClosed { return false }
            guard state.used == 0 || state.used + bytes <= limit else { return nil }
            state.used += bytes
            return true
        } ?? false
    }

    /// Takes `bytes` as well, but does not wait once the budget is closed.
    func acquireInAnyCase(_ bytes: Int) {
        if !acquire(bytes) { state.update { $0.used += bytes } }
    }

    /// Gives bytes back.
    func release(_ bytes: Int) {
        if bytes > 0 { state.update { $0.used -= bytes } }
    }

    /// Lets nobody wait any more, now and later.
    func close() { state.update { $0.isClosed = true } }
}
