/// One of the four burn-rate alerts of an SLO (Google SRE Workbook, chapter 5).
package enum Tier: String, CaseIterable, Sendable {
    case fast, medium, slow, trickle

    /// How loud it is.
    package enum Severity: String, Sendable {
        case page, ticket
    }

    /// It clears soon after the errors stop because this window forgets them.
    package var short: BurnWindow {
        switch self {
        case .fast: .fiveMinutes
        case .medium: .thirtyMinutes
        case .slow: .twoHours
        case .trickle: .sixHours
        }
    }

    /// The window in which the budget's share is spent.
    package var long: BurnWindow {
        switch self {
        case .fast: .oneHour
        case .medium: .sixHours
        case .slow: .oneDay
        case .trickle: .threeDays
        }
    }

    /// Percent of the budget that may go in the long window.
    package var budgetPercent: Int64 {
        switch self {
        case .fast: 2
        case .medium: 5
        case .slow, .trickle: 10
        }
    }

    /// Whether somebody is woken.
    package var severity: Severity { self == .fast || self == .medium ? .page : .ticket }

    /// A ticket can wait until the windows are known well enough; a page cannot.
    package var needsCoverage: Bool { severity == .ticket }

    /// How long an alert stays after its condition has ended, in seconds, where the SLO does not say.
    package var standardHoldSeconds: Int64 { severity == .page ? 300 : 3_600 }
}
