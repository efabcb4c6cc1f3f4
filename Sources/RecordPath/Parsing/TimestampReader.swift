/// Reads the time of a line, in nanoseconds since 1970, from whatever a logger writes.
///
/// RFC 3339 and its sloppy cousins, epoch numbers told apart by magnitude, and the text forms of
/// `TimestampForms`. A text without a zone is UTC. A year outside 1970–2261, an impossible date and an unknown
/// zone name are nil: a time is never guessed. A stream's lines mostly share date, hour and minute, so these are
/// remembered from line to line; the reader is a value that each worker owns.
package struct TimestampReader {
    /// `2023-01-01T12:00` of the last time read, as two numbers; both 0 when there was none.
    private var lastLow: UInt64 = 0
    private var lastHigh: UInt64 = 0
    /// Nanoseconds since 1970 of that minute.
    private var lastMinute: Int64 = 0

    /// Makes a reader that remembers nothing.
    package init() {}

    /// The time that a whole value stands for.
    ///
    /// `reference` is the source's own time, which gives a year to forms
    /// that have none.
    @inline(__always) package mutating func read(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        reference: Int64
    ) -> Int64? {
        // 19 is the length of 2023-01-01T12:00:00
        if count >= 19, let time = readRemembered(text, count) { return time }
        return readSlow(text, count, reference: reference)
    }

    /// The time that stands at the start of a text, and how many bytes it takes.
    package mutating func read(
        prefixOf text: UnsafePointer<UInt8>,
        _ count: Int,
        reference: Int64
    ) -> (time: Int64, length: Int)? {
        var cursor = ByteCursor(text, min(count, Self.maxBytes))
        guard let time = TimestampForms.read(&cursor, reference: reference) else { return nil }
        return (time, cursor.position)
    }

    /// The time that a date and a clock stand for, which lie apart in a line.
    mutating func read(
        _ line: UnsafePointer<UInt8>,
        date: Range<Int>,
        clock: Range<Int>,
        reference: Int64
    ) -> Int64? {
        guard date.count >= 8, date.count <= 11, clock.count >= 5, clock.count <= 32 else { return nil }
        return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: Self.maxBytes) { buffer -> Int64? in
            guard let base = buffer.baseAddress else { return nil }
            base.initialize(repeating: 0, count: Self.maxBytes)
            base.update(from: line + date.lowerBound, count: date.count)
            base[date.count] = 0x20
            (base + date.count + 1).update(from: line + clock.lowerBound, count: clock.count)
            return read(UnsafePointer(base), date.count + 1 + clock.count, reference: reference)
        }
    }

    /// Longer texts are no time.
    package static let maxBytes = 64

    private static let day = 86_400 * CivilTime.second

    /// The fast path: same minute as the last time, then seconds, a fraction, and `Z` or a numeric offset.
    @inline(__always) private func readRemembered(_ text: UnsafePointer<UInt8>, _ count: Int) -> Int64? {
        let raw = UnsafeRawPointer(text)
        let low = raw.loadUnaligned(as: UInt64.self)
        let high = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        guard (low ^ lastLow) | (high ^ lastHigh) == 0 else { return nil }
        let tens = text[17] &- 0x30
        let ones = text[18] &- 0x30
        guard text[16] == 0x3A, tens < 6, ones < 10 else { return nil }
        var time = lastMinute &+ (Int64(tens) &* 10 &+ Int64(ones)) &* CivilTime.second
        var index = 19
        if count > 20, text[19] == 0x2E || text[19] == 0x2C {
            guard let fraction = Self.fraction(text, count, &index) else { return nil }
            time &+= fraction
        }
        if index == count || (text[index] == 0x5A && index &+ 1 == count) { return time }
        guard let offset = Self.offset(text, from: index, to: count) else { return nil }
        return time &- offset
    }

    /// The digits behind the point at `index` as nanoseconds; nil for none and for more than nine.
    @inline(__always) private static func fraction(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        _ index: inout Int
    ) -> Int64? {
        var at = index &+ 1
        let stop = min(count, at &+ 9)
        var value: Int64 = 0
        while at < stop {
            let digit = text[at] &- 0x30
            guard digit < 10 else { break }
            value = value &* 10 &+ Int64(digit)
            at &+= 1
        }
        let missing = index &+ 10 &- at
        index = at
        switch missing {
        case 0: return value
        case 3: return value &* 1_000
        case 6: return value &* 1_000_000
        case 1: return value &* 10
        case 2: return value &* 100
        case 4: return value &* 10_000
        case 5: return value &* 100_000
        case 7: return value &* 10_000_000
        case 8: return value &* 100_000_000
        default: return nil
        }
    }

    /// `+01:00`, `+0100` or `+01`, and nothing behind, in nanoseconds.
    private static func offset(_ text: UnsafePointer<UInt8>, from start: Int, to count: Int) -> Int64? {
        var cursor = ByteCursor(text, from: start, to: count)
        guard cursor.next == 0x2B || cursor.next == 0x2D,
            let offset = TimestampForms.numericOffset(&cursor), cursor.isAtEnd
        else { return nil }
        return Int64(offset) &* 1_000_000_000
    }

    @inline(never) private mutating func readSlow(
        _ text: UnsafePointer<UInt8>,
        _ count: Int,
        reference: Int64
    ) -> Int64? {
        guard count > 0, count <= Self.maxBytes else { return nil }
        var cursor = ByteCursor(text, count)
        cursor.skipBlanks()
        let start = cursor.position
        if let epoch = EpochNumber.read(cursor) { return epoch }
        guard let time = TimestampForms.read(&cursor, reference: reference) else { return nil }
        cursor.skipBlanks()
        skipGoZone(&cursor)
        // Java appends the region: 2023-01-01T12:00:00+01:00[Europe/Paris]
        guard cursor.isAtEnd || (cursor.next == 0x5B && text[count - 1] == 0x5D) else { return nil }
        if start == 0, count >= 19 { remember(text, count) }
        return time
    }

    /// Go prints the zone's name behind its offset, and its monotonic clock: `… +0000 UTC m=+0.012`.
    private func skipGoZone(_ cursor: inout ByteCursor) {
        var probe = cursor
        var letters = 0
        while ASCII.isUpper(probe.peek(letters)) { letters += 1 }
        guard letters >= 3, letters <= 5 else { return }
        probe.position += letters
        if probe.take(" m="), probe.take(0x2B) || probe.take(0x2D) {
            while ASCII.isDigit(probe.next) || probe.next == 0x2E { probe.position += 1 }
        }
        if probe.isAtEnd { cursor = probe }
    }

    /// Keeps the minute of a text that begins `2023-01-01T12:00:` and was read.
    private mutating func remember(_ text: UnsafePointer<UInt8>, _ count: Int) {
        var cursor = ByteCursor(text, 16)
        guard text[16] == 0x3A, let day = TimestampForms.isoDate(&cursor), cursor.position == 10,
            cursor.take(0x54) || cursor.take(0x20) || cursor.take(0x74), let hour = cursor.digits(2),
            cursor.take(0x3A), let minute = cursor.digits(2), hour < 24, minute < 60,
            let time = CivilTime.nanoseconds(day: day, second: hour * 3600 + minute * 60, nanos: 0),
            // a day from either end of what is allowed, so that seconds and zone cannot leave it
            time >= Self.day, time < CivilTime.end - Self.day
        else { return }
        let raw = UnsafeRawPointer(text)
        lastLow = raw.loadUnaligned(as: UInt64.self)
        lastHigh = raw.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
        lastMinute = time
    }
}
