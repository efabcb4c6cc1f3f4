import Synchronization

/// The totals of the last seconds, so that `martlet top` shows rates: kept while somebody asks.
final class TopHistory: Sendable {
    private struct Entry {
        let time: ContinuousClock.Instant
        let totals: TopTotals
    }

    /// Rates are over so much at most.
    static let window = Duration.seconds(10)

    private let entries = Mutex<[Entry]>([])

    /// Notes the totals of now, and gives the oldest of the last seconds with their age; nil: there are none.
    func note(_ totals: TopTotals, now: ContinuousClock.Instant = .now) -> (totals: TopTotals, age: Duration)? {
        entries.withLock { entries in
            entries.removeAll { now - $0.time > Self.window }
            defer { entries.append(Entry(time: now, totals: totals)) }
            return entries.first.map { ($0.totals, now - $0.time) }
        }
    }
}
