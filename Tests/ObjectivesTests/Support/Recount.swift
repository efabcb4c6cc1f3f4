import Objectives

/// Everything that happened, kept as it came.
struct Recount {
    var events: [(time: Int64, good: UInt64, bad: UInt64)] = []
    var observed: [Range<Int64>] = []
    var now: Int64

    /// The width of the slots that a window is made of, and how many whole ones.
    private static func shape(_ window: BurnWindow, _ period: Period) -> (width: Int64, slots: Int64) {
        switch window {
        case .fiveMinutes, .thirtyMinutes, .oneHour: (15_000, (window.seconds ?? 0) / 15)
        case .twoHours, .sixHours: (60_000, (window.seconds ?? 0) / 60)
        case .oneDay, .threeDays: (300_000, (window.seconds ?? 0) / 300)
        case .period:
            period.nominalSeconds <= 259_200
                ? (300_000, period.nominalSeconds / 300) : (3_600_000, period.nominalSeconds / 3_600)
        }
    }

    func counts(_ window: BurnWindow, _ period: Period) -> EventCounts {
        let (width, slots) = Self.shape(window, period)
        let first = (floorDivide(now, width) - slots) * width
        var counts = EventCounts()
        for event in events where event.time >= first {
            counts.good += event.good
            counts.bad += event.bad
        }
        for range in observed { counts.coveredMillis += Int64(range.clamped(to: first..<now).count) }
        return counts
    }

    private func floorDivide(_ time: Int64, _ width: Int64) -> Int64 {
        time >= 0 ? time / width : (time - width + 1) / width
    }
}
