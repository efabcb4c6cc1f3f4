/// Good and bad events of an SLO over all its windows, in four rings of slots of growing width.
///
/// Slots of 15 s give 5m, 30m and 1h; of 1 min 2h and 6h; of 5 min 1d and 3d; of an hour the period: 34 KiB at 30 days
/// and 57 KiB at 90. Events go to the slot of their own time as long as a ring reaches that far, so that late lines
/// and a backlog after a restart fall where they belong. Times are milliseconds on a clock that never goes back
/// (`SteadyClock`).
package struct Ladder: Sendable, Equatable {
    /// Where an event went.
    package enum Placement: Sendable, Equatable {
        /// To its own slot, in time for alerts.
        case timely
        /// Behind the lateness bound: in what windows still reach its time, and counted.
        case late
    }

    /// Behind this an event is late: no page can come of it any more.
    package static let latenessMillis: Int64 = 3_600_000
    /// Slots of the period at most; longer periods have wider slots.
    private static let maximumPeriodSlots: Int64 = 2_160
    private static let hourMillis: Int64 = 3_600_000

    /// The period it was made for.
    package let period: Period
    /// The newest time.
    package private(set) var now: Int64
    /// Events that came more than the lateness bound behind.
    package private(set) var lateEvents: UInt64 = 0
    private var rungs: [Rung]

    /// Makes an empty ladder: nothing before `now` has been observed.
    package init(period: Period, now: Int64) {
        let now = min(max(now, Self.timeRange.lowerBound), Self.timeRange.upperBound)
        self.period = period
        self.now = now
        rungs = [
            Rung(slotMillis: 15_000, capacity: 240, windows: [20, 120, 240], now: now),
            Rung(slotMillis: 60_000, capacity: 360, windows: [120, 360], now: now),
            Rung(slotMillis: 300_000, capacity: 864, windows: [288, 864], now: now),
            Self.periodRung(period, now: now),
        ]
    }

    private static func periodRung(_ period: Period, now: Int64) -> Rung {
        let millis = period.longestSeconds * 1_000
        // Up to three days, five minutes are as fine as what lies below.
        if millis <= 72 * hourMillis {
            return Rung(slotMillis: 300_000, capacity: Int(millis / 300_000), windows: [millis / 300_000], now: now)
        }
        let hours = (millis + hourMillis - 1) / hourMillis
        let width = (hours + maximumPeriodSlots - 1) / maximumPeriodSlots * hourMillis
        let slots = (millis + width - 1) / width
        let isFixed = period != .calendarMonth
        return Rung(slotMillis: width, capacity: Int(slots), windows: [isFixed ? slots : nil], now: now)
    }

    /// Bytes that its slots take.
    package var slotBytes: Int { rungs.reduce(0) { $0 + $1.slotBytes } }

    /// What one of a period takes: while its state is written it is there once more, packed.
    package static func bytes(over period: Period) -> Int { Ladder(period: period, now: 0).slotBytes / 2 * 3 }

    // MARK: Events in

    /// Moves on to a time; never back.
    ///
    /// What lies between counts as observed where `isObserved`.
    package mutating func advance(to time: Int64, isObserved: Bool) {
        let time = min(time, Self.timeRange.upperBound)
        guard time > now else { return }
        let passed = now..<time
        now = time
        for index in rungs.indices {
            rungs[index].advance(to: time)
            if isObserved { rungs[index].cover(passed, sign: 1, now: now) }
        }
    }

    /// Counts events at their own time; one that is ahead of `now` counts as now.
    @discardableResult package mutating func add(good: UInt64, bad: UInt64, at time: Int64) -> Placement {
        let counts = EventCounts(good: good, bad: bad)
        let time = max(Self.timeRange.lowerBound, min(time, now))
        for index in rungs.indices { rungs[index].add(counts, at: rungs[index].number(time)) }
        guard now - time > Self.latenessMillis else { return .timely }
        lateEvents &+= counts.total
        return .late
    }

    /// Says that a stretch before `now` was observed after all: a backlog that has been read to its end.
    package mutating func observe(_ range: Range<Int64>) {
        for index in rungs.indices { rungs[index].cover(range, sign: 1, now: now) }
    }

    /// Says that a stretch was not observed: lines were lost before anybody read them.
    package mutating func lose(_ range: Range<Int64>) {
        for index in rungs.indices { rungs[index].cover(range, sign: -1, now: now) }
    }

    /// Lets the period of a calendar begin at a time; a rolling one does not change.
    package mutating func beginPeriod(at time: Int64) {
        if period == .calendarMonth { rungs[3].restartWindow(0, at: time) }
    }

    // MARK: Windows out

    /// Where a window's sum is kept.
    private static func place(_ window: BurnWindow) -> (rung: Int, window: Int) {
        switch window {
        case .fiveMinutes: (0, 0)
        case .thirtyMinutes: (0, 1)
        case .oneHour: (0, 2)
        case .twoHours: (1, 0)
        case .sixHours: (1, 1)
        case .oneDay: (2, 0)
        case .threeDays: (2, 1)
        case .period: (3, 0)
        }
    }

    /// The counts of a window: its length, and up to one slot more.
    package func counts(_ window: BurnWindow) -> EventCounts {
        let place = Self.place(window)
        return rungs[place.rung].windows[place.window].sum
    }

    /// The share of a window that was observed, 0…1.
    package func coverage(_ window: BurnWindow) -> Double {
        let elapsed = elapsedMillis(window)
        return elapsed > 0 ? Double(counts(window).coveredMillis) / Double(elapsed) : 0
    }

    /// Whether at least half of a window was observed.
    package func isHalfCovered(_ window: BurnWindow) -> Bool {
        let elapsed = elapsedMillis(window)
        return elapsed > 0 && counts(window).coveredMillis * 2 >= elapsed
    }

    /// Milliseconds from the beginning of a window's oldest slot to now.
    private func elapsedMillis(_ window: BurnWindow) -> Int64 {
        let place = Self.place(window)
        let rung = rungs[place.rung]
        return now - rung.windows[place.window].first * rung.slotMillis
    }

    /// The counts of the last so many seconds, of the finest slots that reach so far; up to one slot more.
    package func counts(overSeconds seconds: Int64) -> EventCounts {
        let from = now - max(0, min(seconds, Period.range.upperBound)) * 1_000
        let rung = rungs.first { $0.tail * $0.slotMillis <= from } ?? rungs[3]
        return rung.counts(in: rung.number(from)...rung.head)
    }

    /// The counts that leave the period within its next slot.
    var leaving: EventCounts {
        guard let first = rungs[3].windows.first?.first, period != .calendarMonth else { return EventCounts() }
        return rungs[3].counts(at: first)
    }

    /// Seconds of a slot of the period.
    var periodSlotSeconds: Int64 { rungs[3].slotMillis / 1_000 }
}

// MARK: Serialised state

extension Ladder {
    /// Writes everything that a later run needs to go on.
    func encode(to writer: inout StateWriter) {
        writer.put(now)
        writer.put(lateEvents)
        writer.put(Int64(rungs[3].windows.first?.first ?? 0))
        for rung in rungs { rung.encode(to: &writer) }
    }

    /// Takes over what another run wrote, as far as it fits the period of this ladder; false where it is damaged.
    mutating func restore(from reader: inout StateReader) -> Bool {
        guard let now = reader.signed(), let late = reader.unsigned(), let first = reader.signed(),
            Self.timeRange.contains(now), Self.timeRange.contains(first)
        else { return false }
        var restored = Ladder(period: period, now: now)
        restored.lateEvents = late
        for index in restored.rungs.indices {
            guard restored.rungs[index].restore(from: &reader) else { return false }
        }
        restored.beginPeriod(at: first &* restored.rungs[3].slotMillis)
        self = restored
        return true
    }

    /// Milliseconds since 1970 that a clock can tell: beyond, a state is damaged.
    static let timeRange: ClosedRange<Int64> = -(1 << 46)...(1 << 46)
}
