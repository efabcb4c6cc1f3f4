import Objectives
import Outputs

/// Which alerts each sink must hear of, and has heard of: a value, so that it can be tested without clocks.
///
/// Times are of the wall clock, milliseconds.
package struct AlertBook: Equatable {
    /// One alert.
    package struct Key: Hashable, Sendable {
        package let slothID: String
        package let tier: Tier

        /// Makes a key.
        package init(slothID: String, tier: Tier) {
            self.slothID = slothID
            self.tier = tier
        }
    }

    /// How far an alert is, for one sink.
    package struct Entry: Equatable, Sendable {
        package let firedAt: Int64
        /// When it ended; nil: it fires.
        package var endedAt: Int64?
        /// The sink has heard that it fires.
        var isFiringTold = false
        /// The sink has heard that it ended.
        var isEndTold = false
        /// When it was last told; not kept over a restart.
        var toldAt: Int64?
    }

    package private(set) var entries: [Key: Entry] = [:]
    /// Something that must be kept has changed since `encoded`.
    package private(set) var isChanged = false

    /// Makes an empty book.
    package init() {}

    // MARK: What happens

    /// Takes over how alerts stand: those in `active` fire or are held, since then; all others are over.
    ///
    /// `ended` tells when those ended that ended since the last call.
    package mutating func follow(active: [Key: Int64], ended: [Key: Int64], now: Int64) {
        for (key, firedAt) in active where entries[key]?.firedAt != firedAt || entries[key]?.endedAt != nil {
            // A new firing replaces an old one that is over: the sink hears that it fires again.
            entries[key] = Entry(firedAt: firedAt)
            isChanged = true
        }
        for (key, entry) in entries where entry.endedAt == nil && active[key] == nil {
            entries[key]?.endedAt = max(entry.firedAt, ended[key] ?? now)
            isChanged = true
        }
    }

    /// The alerts that a sink must hear of now, in a fixed order.
    package func due(_ repetition: AlertRepetition, now: Int64) -> [(key: Key, entry: Entry)] {
        let interval = repetition.interval.map { Int64($0.components.seconds) * 1_000 }
        return entries.filter { _, entry in
            if entry.endedAt == nil ? !entry.isFiringTold : !entry.isEndTold { return true }
            guard let interval else { return false }
            // A clock that was set back must not silence an alert.
            return entry.toldAt.map { now - $0 >= interval || now < $0 } ?? true
        }.sorted { ($0.key.slothID, $0.key.tier.rawValue) < ($1.key.slothID, $1.key.tier.rawValue) }
            .map { (key: $0.key, entry: $0.value) }
    }

    /// The sink has taken an alert as it stood in `entry`.
    package mutating func told(_ key: Key, _ entry: Entry, now: Int64) {
        guard var known = entries[key], known.firedAt == entry.firedAt else { return }
        known.toldAt = now
        if entry.endedAt == nil {
            isChanged = isChanged || !known.isFiringTold
            known.isFiringTold = true
        } else {
            isChanged = isChanged || !known.isEndTold
            known.isEndTold = true
        }
        entries[key] = known
    }

    /// Forgets alerts that nobody must hear of any more.
    ///
    /// One that ended before its firing was ever told goes without a word: nobody waits for its end.
    package mutating func forget(_ repetition: AlertRepetition, now: Int64) {
        let keep = Int64(repetition.resolvedFor.components.seconds) * 1_000
        for (key, entry) in entries {
            guard let endedAt = entry.endedAt else { continue }
            let isOld = now - endedAt > keep || now < endedAt - keep
            let isDone = entry.isEndTold && repetition.interval == nil
            if isOld || isDone {
                entries[key] = nil
                isChanged = true
            }
        }
    }

    // MARK: Kept over a restart

    /// Everything that a later run must know; it counts as kept from now on.
    package mutating func encoded() -> [UInt8] {
        isChanged = false
        var writer = StateWriter()
        writer.put(UInt64(entries.count))
        for (key, entry) in entries.sorted(by: {
            ($0.key.slothID, $0.key.tier.rawValue) < ($1.key.slothID, $1.key.tier.rawValue)
        }) {
            writer.put(key.slothID)
            writer.put(key.tier.rawValue)
            writer.put(entry.firedAt)
            writer.put(UInt64(entry.endedAt == nil ? 0 : 1))
            writer.put(entry.endedAt ?? 0)
            writer.put(UInt64((entry.isFiringTold ? 1 : 0) | (entry.isEndTold ? 2 : 0)))
        }
        return writer.bytes
    }

    /// What a run before wrote; nil where it is damaged.
    package init?(_ bytes: [UInt8]) {
        var reader = StateReader(bytes)
        guard let count = reader.count() else { return nil }
        for _ in 0..<count {
            guard let id = reader.text(), let tier = reader.text().flatMap(Tier.init(rawValue:)),
                let firedAt = reader.signed(), let hasEnded = reader.unsigned(), let endedAt = reader.signed(),
                let told = reader.unsigned()
            else { return nil }
            entries[Key(slothID: id, tier: tier)] = Entry(
                firedAt: firedAt,
                endedAt: hasEnded == 0 ? nil : endedAt,
                isFiringTold: told & 1 != 0,
                isEndTold: told & 2 != 0
            )
        }
        guard reader.isAtEnd else { return nil }
    }
}
