/// Whose turn it is to be sampled: every container once an interval, spread over it.
///
/// No I/O and no clock.
package struct SamplingSchedule: Sendable {
    private let interval: Int64
    /// The next one first.
    private var turns: [String] = []
    private var lastAt: Int64?

    /// Makes a schedule; with an interval of zero nobody's turn ever comes.
    package init(intervalMilliseconds: Int64) { interval = min(intervalMilliseconds, 1 << 40) }

    /// The container is running; known already does nothing.
    ///
    /// It comes first, for its CPU can be told only after two turns.
    package mutating func add(_ id: String) {
        guard interval > 0, !turns.contains(id) else { return }
        turns.insert(id, at: 0)
    }

    /// The container is not running any more.
    package mutating func remove(_ id: String) { turns.removeAll { $0 == id } }

    /// The container whose turn has come.
    package mutating func next(now: Int64) -> String? {
        guard let nextAt, nextAt <= now else { return nil }
        let id = turns.removeFirst()
        turns.append(id)
        lastAt = now
        return id
    }

    /// When the next turn comes; nil when there is nobody.
    package var nextAt: Int64? {
        guard !turns.isEmpty else { return nil }
        return lastAt.map { $0 + max(1, interval / Int64(turns.count)) } ?? 0
    }
}
