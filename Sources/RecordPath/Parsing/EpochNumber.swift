/// Times given as a count since 1970, with the unit told from the magnitude.
///
/// | from | to below | unit |
/// |---|---|---|
/// | 10⁸ (1973) | 10¹¹ | seconds |
/// | 10¹¹ | 10¹⁴ | milliseconds |
/// | 10¹⁴ | 10¹⁷ | microseconds |
/// | 10¹⁷ | 2⁶³ | nanoseconds |
///
/// Smaller numbers are offsets, counters or ages, not times. The ranges overlap no year from 1973 to 2261.
enum EpochNumber {
    /// Nanoseconds since 1970 where the rest of the text is one number of that kind.
    static func read(_ start: ByteCursor) -> Int64? {
        var cursor = start
        guard ASCII.isDigit(cursor.next), let number = DecimalNumber(&cursor) else { return nil }
        cursor.skipBlanks()
        return cursor.isAtEnd ? nanoseconds(number) : nil
    }

    /// Nanoseconds since 1970 for a number, by its magnitude.
    static func nanoseconds(_ number: DecimalNumber) -> Int64? {
        guard !number.isNegative, let whole = number.scaled(byPowerOfTen: 0), whole >= 100_000_000 else { return nil }
        let time: Int64?
        switch whole {
        case ..<100_000_000_000: time = number.scaled(byPowerOfTen: 9)
        case ..<100_000_000_000_000: time = number.scaled(byPowerOfTen: 6)
        case ..<100_000_000_000_000_000: time = number.scaled(byPowerOfTen: 3)
        default: time = whole
        }
        guard let time, time < CivilTime.end else { return nil }
        return time
    }
}
