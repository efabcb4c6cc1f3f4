import Synchronization

/// Has memory given back that is not used when the process comes near its limit.
///
/// Asked wherever memory has just been taken or given back in large pieces: a batch of lines, a group, a commit.
final class MemoryRelief: Sendable {
    private struct State {
        var lookedAt = ContinuousClock.now
        var gaveBackAt = ContinuousClock.now
    }

    /// Looking costs some microseconds.
    private static let interval = Duration.milliseconds(20)
    /// Giving back costs milliseconds; above three quarters of the limit it can wait.
    private static let patience = Duration.milliseconds(500)

    private let limit: Int
    private let state = Mutex(State())

    init(limit: Int) { self.limit = limit }

    /// Looks, unless somebody has just looked.
    func look() {
        let isDue = state.withLock { state in
            let now = ContinuousClock.now
            guard now - state.lookedAt >= Self.interval else { return false }
            state.lookedAt = now
            let resident = ProcessMemory.residentBytes
            let isNear = resident > limit / 16 * 13
            guard isNear || resident > limit - limit / 4 && now - state.gaveBackAt >= Self.patience else {
                return false
            }
            state.gaveBackAt = now
            return true
        }
        if isDue { ProcessMemory.giveBack() }
    }
}
