import Settings

/// The time over which an objective must hold.
package enum Period: Sendable, Equatable {
    /// The last so many seconds, a whole number of hours.
    case rolling(seconds: Int64)
    /// From the first of the month, UTC.
    case calendarMonth

    /// What an SLO has that names none.
    package static let standard = Period.rolling(seconds: 30 * 86_400)
    /// Periods that can be kept.
    package static let range: ClosedRange<Int64> = 3_600...(366 * 86_400)

    /// How series and tables name it: `30d`, `month`.
    package var label: String {
        switch self {
        case .rolling(let seconds): DurationText.format(.seconds(seconds))
        case .calendarMonth: "month"
        }
    }

    /// Seconds that the factors of alert tiers are made for: a month counts as 30 days, so that they stay the same.
    package var nominalSeconds: Int64 {
        switch self {
        case .rolling(let seconds): seconds
        case .calendarMonth: 30 * 86_400
        }
    }

    /// Whether it is a whole number of hours, from one to those of a leap year.
    package var isKept: Bool {
        guard case .rolling(let seconds) = self else { return true }
        return Self.range.contains(seconds) && seconds % 3_600 == 0
    }

    /// The longest it can be, in seconds.
    var longestSeconds: Int64 {
        switch self {
        case .rolling(let seconds): seconds
        case .calendarMonth: 31 * 86_400
        }
    }
}
