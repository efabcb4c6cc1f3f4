import Synchronization

/// Has memory given back that is not used when the process comes near its limit.
///
/// Asked wherever memory has just been taken or given back in large pieces.
final class MemoryRelief: Sendable {
    /// Looking costs some microseconds, giving back some milliseconds.
    private static let interval = Duration.milliseconds(50)

    private let limit: Int
    private let lookedAt = Mutex(ContinuousClock.now)

    init(limit: Int) { self.limit = limit }

    /// Looks, unless somebody has just looked.
    func look() {
        let isDue = lookedAt.withLock { before in
            let now = ContinuousClock.now
            guard now - before >= Self.interval else { return false }
            before = now
            return true
        }
        if isDue, ProcessMemory.residentBytes > limit - limit / 6 { ProcessMemory.giveBack() }
    }
}
