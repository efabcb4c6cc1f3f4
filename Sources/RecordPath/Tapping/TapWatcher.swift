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
    private let asked: Atomic<Int64>

    init(_ filter: TapFilter, now: Int64) {
        self.filter = filter
        asked = Atomic(now)
    }

    /// Takes what waits.
    func take(now: Int64) -> Catch {
        asked.store(now, ordering: .relaxed)
        return waiting.withLock { waiting in
            defer { waiting = Catch() }
            return waiting
        }
    }

    /// When somebody last asked.
    var lastAsked: Int64 { asked.load(ordering: .relaxed) }

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
