/// Decides which lines of our own log are written, so that a fault that repeats a thousand times a second fills
/// nobody's disk.
///
/// Each message has a bucket of its own: a burst passes, then one line an interval. What was held back is said with
/// the next line that passes, or by ``overdue(at:)`` when none comes.
package struct LogLimiter: Sendable {
    /// What becomes of a line.
    package enum Verdict: Sendable, Equatable {
        /// It is written, and so many like it were not.
        case write(suppressed: Int)
        /// It is counted and not written.
        case suppress
    }

    /// A message that lines were held back of.
    package struct Overdue: Sendable, Equatable {
        /// Its level and text.
        package let message: String
        /// Lines held back since the last one that was written.
        package let suppressed: Int

        /// Makes an entry.
        package init(message: String, suppressed: Int) {
            self.message = message
            self.suppressed = suppressed
        }
    }

    private struct Bucket {
        var tokens: Int
        var refilledAt: Int64
        var suppressed = 0
    }

    private let burst: Int
    private let interval: Int64
    private let messagesMax: Int
    private var buckets: [String: Bucket] = [:]

    /// Shared by all messages that come when there are more different ones than we remember.
    private static let otherMessages = "other messages"

    /// Makes a limiter; `interval` is in nanoseconds.
    package init(burst: Int = 5, interval: Int64 = 10_000_000_000, messagesMax: Int = 256) {
        precondition(burst > 0 && interval > 0 && messagesMax > 0)
        self.burst = burst
        self.interval = interval
        self.messagesMax = messagesMax
    }

    /// Takes a token of the message's bucket, `now` in nanoseconds of any clock that does not go back for long.
    package mutating func admit(_ message: String, at now: Int64) -> Verdict {
        if buckets.count >= messagesMax, buckets[message] == nil { forgetQuiet(at: now) }
        let isKnown = buckets[message] != nil || buckets.count < messagesMax
        let key = isKnown ? message : Self.otherMessages
        var bucket = refilled(buckets[key] ?? Bucket(tokens: burst, refilledAt: now), at: now)
        defer { buckets[key] = bucket }
        guard bucket.tokens > 0 else {
            bucket.suppressed += 1
            return .suppress
        }
        bucket.tokens -= 1
        defer { bucket.suppressed = 0 }
        return .write(suppressed: bucket.suppressed)
    }

    /// Messages whose lines were held back and that would pass again by now, but have not come.
    package mutating func overdue(at now: Int64) -> [Overdue] {
        take(buckets.filter { $0.value.suppressed > 0 && refilled($0.value, at: now).tokens > 0 })
    }

    /// All that was held back, for the end of the process.
    package mutating func rest() -> [Overdue] { take(buckets.filter { $0.value.suppressed > 0 }) }

    private mutating func take(_ owed: [String: Bucket]) -> [Overdue] {
        for message in owed.keys { buckets[message]?.suppressed = 0 }
        return owed.map { Overdue(message: $0.key, suppressed: $0.value.suppressed) }.sorted { $0.message < $1.message }
    }

    private func refilled(_ bucket: Bucket, at now: Int64) -> Bucket {
        let elapsed = now - bucket.refilledAt
        guard elapsed >= interval || elapsed < 0 else { return bucket }
        var bucket = bucket
        bucket.tokens = min(burst, bucket.tokens + Int(clamping: max(1, elapsed / interval)))
        bucket.refilledAt = now
        return bucket
    }

    /// Makes room by dropping messages that nothing is owed about.
    private mutating func forgetQuiet(at now: Int64) {
        buckets = buckets.filter { $0.value.suppressed > 0 || refilled($0.value, at: now).tokens < burst }
    }
}
