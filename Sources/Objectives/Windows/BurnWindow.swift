/// A window over which a burn rate is computed.
package enum BurnWindow: Int, CaseIterable, Sendable {
    case fiveMinutes, thirtyMinutes, oneHour, twoHours, sixHours, oneDay, threeDays
    /// The whole period of the SLO.
    case period

    /// Its length in seconds; nil for the period, which the SLO tells.
    package var seconds: Int64? {
        switch self {
        case .fiveMinutes: 300
        case .thirtyMinutes: 1_800
        case .oneHour: 3_600
        case .twoHours: 7_200
        case .sixHours: 21_600
        case .oneDay: 86_400
        case .threeDays: 259_200
        case .period: nil
        }
    }

    /// Its name on series and in JSON; that of the period is the period's.
    package func label(in period: Period) -> String {
        switch self {
        case .fiveMinutes: "5m"
        case .thirtyMinutes: "30m"
        case .oneHour: "1h"
        case .twoHours: "2h"
        case .sixHours: "6h"
        case .oneDay: "1d"
        case .threeDays: "3d"
        case .period: period.label
        }
    }
}
