import Synchronization

/// Records on their way to somebody who watches.
///
/// Bounded: what finds no room is counted and not waited for.
package final class TapWatcher: Sendable {
    /// What came since the last time.
    package struct Catch: Sendable, Equatable {
        /// Records in the form that the filter says, each with a newline.
        package var bytes: [UInt8] = []
        /// Records that found no room.
        package var missed = 0

        /// Nothing.
        package init() {}
    }

    /// Bytes that wait at most.
    static let maximumBytes = 256 << 10

    package let filter: TapFilter
    private let waiting = Mutex(Catch())
    private let asked: Mutex<ContinuousClock.Instant>

    init(_ filter: TapFilter, now: ContinuousClock.Instant) {
        self.filter = filter
        asked = Mutex(now)
    }

    /// Takes what waits.
    func take(now: ContinuousClock.Instant) -> Catch {
        asked.withLock { $0 = now }
        return waiting.withLock { waiting in
            defer { waiting = Catch() }
            return waiting
        }
    }

    /// When somebody last asked.
    var lastAsked: ContinuousClock.Instant { asked.withLock { $0 } }

    /// Adds a record.
    func offer(_ record: UnsafeBufferPointer<UInt8>) {
        waiting.withLock { waiting in
            if waiting.bytes.count + record.count < Self.maximumBytes {
                waiting.bytes += record
                waiting.bytes.append(0x0A)
            } else {
                waiting.missed += 1
            }
        }
    }
}
