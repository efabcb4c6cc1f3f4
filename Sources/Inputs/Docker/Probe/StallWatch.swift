/// Finds log streams that bring nothing although the engine has more: it happens after rotations and truncations.
///
/// No I/O. A stream that has been silent for a while is compared with the engine's last message; when that one has
/// not been read, and still has not a moment later, the stream is opened again. The longer the silence, the rarer the
/// comparisons.
package struct StallWatch: Sendable {
    /// How long is a while.
    package struct Patience: Sendable, Equatable {
        /// A stream that is silent for so long is compared.
        package var quiet: Duration
        /// A line may be under way for so long.
        package var grace: Duration

        /// Makes a patience.
        package init(quiet: Duration = .seconds(60), grace: Duration = .seconds(5)) {
            self.quiet = quiet
            self.grace = grace
        }
    }

    /// What to do after a comparison.
    package enum Verdict: Sendable, Equatable {
        /// Nothing, or nothing yet.
        case wait
        /// The stream has stalled: open it again.
        case reconnect
        /// The stream was opened again for this message, in vain: it cannot be read. Said once a message.
        case unreadable
    }

    private struct Entry {
        var isOpen = false
        var probeAt: Int64 = 0
        /// Fruitless comparisons in a row.
        var rounds = 0
        var isAsked = false
        /// Time of a message that was not read at the last comparison.
        var missing: Int64?
        /// Time of the message for which the stream was opened again.
        var reopenedFor: Int64?
        var givenUp: Int64?
    }

    private static let roundsMax = 4
    private let quiet: Int64
    private let grace: Int64
    private var entries: [String: Entry] = [:]

    /// Makes a watch over nothing.
    package init(_ patience: Patience = Patience()) {
        quiet = min(max(1, patience.quiet.wholeMilliseconds), 1 << 40)
        grace = min(max(1, patience.grace.wholeMilliseconds), 1 << 40)
    }

    /// A follow stream has been opened.
    package mutating func opened(_ id: String, now: Int64) {
        var entry = entries[id] ?? Entry()
        entry.isOpen = true
        entries[id] = entry
        heard(id, now: now)
    }

    /// The stream has brought something.
    package mutating func heard(_ id: String, now: Int64) {
        guard var entry = entries[id] else { return }
        entry.probeAt = now + quiet + spread(id)
        entry.rounds = 0
        entry.missing = nil
        entries[id] = entry
    }

    /// The stream has ended.
    package mutating func closed(_ id: String) { entries[id]?.isOpen = false }

    /// The container is gone.
    package mutating func forget(_ id: String) { entries[id] = nil }

    /// A container whose last message is to be asked for now; `probed` answers.
    package mutating func next(now: Int64) -> String? {
        let due = entries.first { $0.value.isOpen && !$0.value.isAsked && $0.value.probeAt <= now }
        guard let id = due?.key else { return nil }
        entries[id]?.isAsked = true
        return id
    }

    /// When `next` will have something by the clock alone.
    package var nextAt: Int64? {
        entries.values.lazy.filter { $0.isOpen && !$0.isAsked }.map(\.probeAt).min()
    }

    /// The engine has answered; `missing`: the time of its last message when that one has not been read.
    package mutating func probed(_ id: String, missing: Int64?, now: Int64) -> Verdict {
        guard var entry = entries[id] else { return .wait }
        entry.isAsked = false
        defer { entries[id] = entry }
        guard entry.isOpen, let missing, missing != entry.givenUp else {
            entry.missing = nil
            entry.rounds = min(entry.rounds + 1, Self.roundsMax)
            entry.probeAt = now + quiet << Int64(entry.rounds) + spread(id)
            return .wait
        }
        entry.probeAt = now + grace
        guard entry.missing == missing else {
            entry.missing = missing
            return .wait
        }
        entry.missing = nil
        guard entry.reopenedFor == missing else {
            entry.reopenedFor = missing
            return .reconnect
        }
        entry.givenUp = missing
        return .unreadable
    }

    /// Up to a quarter of the quiet time, always the same for a container, so that not all are due at once.
    private func spread(_ id: String) -> Int64 {
        let number = Int64(id.suffix(4), radix: 16) ?? 0
        return quiet * (number & 0xff) / 1024
    }
}
