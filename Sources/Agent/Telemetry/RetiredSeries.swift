import RecordPath
import Synchronization

/// What workers had counted in series that they gave up as idle.
///
/// A series that is idle at one worker may live at another: until all have given it up its counts stay, so that no
/// counter goes back. Then it is gone; should it come again, it begins at zero like a new one.
final class RetiredSeries: Sendable {
    /// A series without an observation for so many minutes is idle.
    static let idleMinutes: UInt32 = 6 * 60
    private static let interval = Duration.seconds(60)

    private struct State {
        var last = ContinuousClock.now
        var counts: SignalSnapshot?
    }

    private let state = Mutex(State())

    /// Once a minute, takes over what workers give up; called more often.
    func expire(_ workers: [Worker], now: ContinuousClock.Instant = .now) {
        let isDue = state.withLock { state in
            guard now - state.last >= Self.interval else { return false }
            state.last = now
            return true
        }
        guard isDue else { return }
        for worker in workers {
            // Within the lock, so that a scrape sees a count here or at the worker, not twice or never.
            state.withLock { state in
                guard let gone = worker.expireSignals(idle: Self.idleMinutes) else { return }
                var sum = state.counts ?? SignalSnapshot(bounds: gone.bounds)
                sum.add(gone)
                state.counts = sum
            }
        }
        if state.withLock({ $0.counts != nil }) { forget(workers) }
    }

    /// Forgets what no worker has any more.
    private func forget(_ workers: [Worker]) {
        let live = workers.map { $0.snapshot() }
        state.withLock { state in
            guard var counts = state.counts else { return }
            counts.requests = counts.requests.filter { key, _ in live.contains { $0.requests[key] != nil } }
            counts.durations = counts.durations.filter { key, _ in live.contains { $0.durations[key] != nil } }
            state.counts = counts.requests.isEmpty && counts.durations.isEmpty ? nil : counts
        }
    }

    /// Adds what is kept to what `workers` have counted at this moment.
    func add(_ workers: [Worker], to sum: inout SignalSnapshot) {
        sum = state.withLock { [sum] state in
            var all = sum
            for worker in workers { all.add(worker.snapshot()) }
            if let counts = state.counts { all.add(counts) }
            return all
        }
    }
}
