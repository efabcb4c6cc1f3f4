import Synchronization

/// How often the configuration was reloaded.
package final class ReloadCounter: Sendable {
    private let counts = Mutex((applied: UInt64(0), refused: UInt64(0)))

    /// Counts from zero.
    package init() {}

    /// Taken over, and refused.
    package var values: (applied: UInt64, refused: UInt64) { counts.withLock { $0 } }

    func applied() { counts.withLock { $0.applied += 1 } }

    func refused() { counts.withLock { $0.refused += 1 } }
}
