import Synchronization

/// Whose turn it is to work on a line that is far longer than lines should be.
final class LongLineTurn: Sendable {
    private let mutex = Mutex(())

    /// Runs `body` alone.
    func take(_ body: () -> Void) { mutex.withLock { _ in body() } }
}
