import Synchronization

/// Wakes tasks that wait for something to change.
///
/// Read `rings`, look at the state, and when it is not what you need, wait for a ring past the one you read: a
/// change in between is never missed.
package final class Doorbell: Sendable {
    private struct State {
        var rings: UInt64 = 0
        var lastWaiter: UInt64 = 0
        var waiters: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let state = Mutex(State())

    /// Makes a bell that was never rung.
    package init() {}

    /// How often it was rung.
    package var rings: UInt64 { state.withLock(\.rings) }

    /// Wakes everybody who waits.
    package func ring() {
        let waiters = state.withLock { state in
            state.rings += 1
            defer { state.waiters = [:] }
            return state.waiters.values
        }
        for waiter in waiters { waiter.resume() }
    }

    /// Waits until it was rung more than `seen` times, or the task is cancelled.
    package func wait(past seen: UInt64) async {
        let id = state.withLock { state in
            state.lastWaiter += 1
            return state.lastWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    // The handler below either ran before this line, and is seen here, or finds the waiter.
                    if state.rings > seen || Task.isCancelled { return true }
                    state.waiters[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            state.withLock { $0.waiters.removeValue(forKey: id) }?.resume()
        }
    }
}
