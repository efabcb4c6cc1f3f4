/// A unit of time written behind a number: its length is `factor` times ten to the power of `power` nanoseconds.
struct DurationUnit: Equatable {
    var power: Int
    var factor: Int64

    private static let named: [(name: StaticString, unit: DurationUnit)] = [
        ("s", .init(power: 9, factor: 1)), ("sec", .init(power: 9, factor: 1)), ("secs", .init(power: 9, factor: 1)),
        ("second", .init(power: 9, factor: 1)), ("seconds", .init(power: 9, factor: 1)),
        ("m", .init(power: 9, factor: 60)), ("min", .init(power: 9, factor: 60)),
        ("mins", .init(power: 9, factor: 60)), ("minute", .init(power: 9, factor: 60)),
        ("minutes", .init(power: 9, factor: 60)), ("h", .init(power: 9, factor: 3600)),
        ("hr", .init(power: 9, factor: 3600)), ("hour", .init(power: 9, factor: 3600)),
        ("hours", .init(power: 9, factor: 3600)), ("d", .init(power: 9, factor: 86_400)),
        ("day", .init(power: 9, factor: 86_400)), ("days", .init(power: 9, factor: 86_400)),
        ("msec", .init(power: 6, factor: 1)), ("msecs", .init(power: 6, factor: 1)),
        ("millis", .init(power: 6, factor: 1)), ("millisecond", .init(power: 6, factor: 1)),
        ("milliseconds", .init(power: 6, factor: 1)), ("usec", .init(power: 3, factor: 1)),
        ("usecs", .init(power: 3, factor: 1)), ("micros", .init(power: 3, factor: 1)),
        ("microsecond", .init(power: 3, factor: 1)), ("microseconds", .init(power: 3, factor: 1)),
        ("nanos", .init(power: 0, factor: 1)), ("nanosecond", .init(power: 0, factor: 1)),
        ("nanoseconds", .init(power: 0, factor: 1)),
    ]

    /// The unit at the cursor, which is left behind it.
    @inline(__always) static func read(_ cursor: inout ByteCursor) -> DurationUnit? {
        if cursor.peek(1) | 0x20 == 0x73, !ASCII.isLetter(cursor.peek(2)) {
            let power: Int
            switch cursor.next | 0x20 {
            case 0x6D: power = 6
            case 0x75: power = 3
            case 0x6E: power = 0
            default: return nil
            }
            cursor.position += 2
            return DurationUnit(power: power, factor: 1)
        }
        // both characters that look like a mu
        if cursor.take("\u{B5}s") || cursor.take("\u{3BC}s") { return DurationUnit(power: 3, factor: 1) }
        return readWord(&cursor)
    }

    /// So many of this unit, in nanoseconds; nil beyond 64 bits.
    func nanoseconds(of number: DecimalNumber) -> Int64? {
        if factor == 1 { return number.scaled(byPowerOfTen: power) }
        var multiple = number
        let (digits, overflow) = number.digits.multipliedReportingOverflow(by: UInt64(factor))
        if !overflow {
            multiple.digits = digits
            return multiple.scaled(byPowerOfTen: power)
        }
        // so many digits that the last ones are below a nanosecond
        multiple.digits = number.digits / 1_000_000 * UInt64(factor)
        multiple.exponent += 6
        return multiple.scaled(byPowerOfTen: power)
    }

    private static func readWord(_ cursor: inout ByteCursor) -> DurationUnit? {
        var count = 0
        while ASCII.isLetter(cursor.peek(count)) { count += 1 }
        guard count > 0, count <= 12 else { return nil }
        let word = cursor.base + cursor.position
        for (name, unit) in named where ASCII.equal(word, count, ignoringCase: name) {
            cursor.position += count
            return unit
        }
        return nil
    }
}
