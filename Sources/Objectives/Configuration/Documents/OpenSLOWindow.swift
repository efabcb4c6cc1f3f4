import Settings

/// The `timeWindow` of an OpenSLO document.
struct OpenSLOWindow {
    /// Nil where it cannot be kept, which is reported.
    let period: Period?

    init(_ spec: ConfigurationReader) {
        let windows = spec.children("timeWindow")
        guard let window = windows.first else {
            period = .standard
            return
        }
        if windows.count > 1 { spec.report("timeWindow", "has more than one window", "keep one") }
        let duration = window.string("duration", default: "30d")
        let calendar = window.child("calendar")
        let isRolling = window.bool("isRolling", default: !calendar.isPresent)
        period = isRolling ? Self.rolling(duration, window) : Self.month(duration, calendar, window)
    }

    private static func rolling(_ duration: String, _ window: ConfigurationReader) -> Period? {
        // OpenSLO also counts in weeks.
        let weeks = duration.hasSuffix("w") ? Int(duration.dropLast()) : nil
        let text = weeks.map { "\($0 <= 53 ? $0 * 7 : 0)d" } ?? duration
        if let seconds = DurationText.parse(text)?.components.seconds, Period.rolling(seconds: seconds).isKept {
            return .rolling(seconds: seconds)
        }
        let advice = "write whole hours, days or weeks from 1h to 366d, such as 30d"
        window.report("duration", "\(MessageText.quoted(duration)) is no rolling period", advice)
        return nil
    }

    private static func month(
        _ duration: String,
        _ calendar: ConfigurationReader,
        _ window: ConfigurationReader
    ) -> Period? {
        let zone = calendar.string("timeZone", default: "UTC")
        let start = calendar.string("startTime", default: "2020-01-01 00:00:00")
        guard duration == "1M" else {
            window.report(
                "duration",
                "\(MessageText.quoted(duration)) is no calendar period",
                "write 1M, or a rolling one"
            )
            return nil
        }
        guard ["UTC", "Etc/UTC", "GMT"].contains(zone) else {
            calendar.report("timeZone", "\(MessageText.quoted(zone)) is not supported", "write UTC")
            return nil
        }
        let rest = start.dropFirst(8)
        guard rest == "01" || rest.hasPrefix("01") && rest.dropFirst(3).hasPrefix("00:00:00") else {
            let problem = "\(MessageText.quoted(start)) is not the first of a month"
            calendar.report("startTime", problem, "write such as 2026-01-01 00:00:00")
            return nil
        }
        return .calendarMonth
    }
}
