import RecordPath

/// What SLOs would have said over recorded events: takes them in any order, then replays them by their own time.
///
/// The clock is that of the records: from the first to the last everything counts as observed. Evaluated every 15 s.
package struct Backtest: Sendable {
    /// Slots of events kept at most, over all SLOs: about 200 MB.
    package static let maximumSlots = 4_000_000

    private let set: SLOSet
    private var series: [Series] = []
    private var numbers: [Name: Int] = [:]
    private var seen: ClosedRange<Int64>?
    private var slotCount = 0
    /// Events that were left out because there were too many slots of them.
    package private(set) var omitted: UInt64 = 0

    private struct Name: Hashable {
        let slo: Int
        let service: String
    }

    /// The events of one SLO and service by slot; the last slot is kept at hand, as most records follow one another.
    private struct Series {
        let slo: Int
        let service: String
        var slots: [Int64: EventCounts] = [:]
        var last = Int64.min
        var pending = EventCounts()

        mutating func flush() {
            if pending.total > 0 { slots[last, default: EventCounts()] += pending }
            pending = EventCounts()
        }
    }

    /// Makes a backtest of a configuration's SLOs.
    package init(_ set: SLOSet) {
        self.set = set
        for (index, slo) in set.slos.enumerated() where !slo.isForEveryService {
            _ = number(slo: index, service: slo.service)
        }
    }

    // MARK: Events in

    /// The number under which an SLO's events of a service are added.
    package mutating func number(slo: Int, service: String) -> Int {
        let name = Name(slo: slo, service: service)
        if let known = numbers[name] { return known }
        series.append(Series(slo: slo, service: service))
        numbers[name] = series.count - 1
        return series.count - 1
    }

    /// Takes the time of any record, event or not: what lies between the first and the last was observed.
    package mutating func see(_ time: Int64) {
        let time = min(max(time, Ladder.timeRange.lowerBound), Ladder.timeRange.upperBound)
        guard let seen else { return self.seen = time...time }
        if time < seen.lowerBound { self.seen = time...seen.upperBound }
        if time > seen.upperBound { self.seen = seen.lowerBound...time }
    }

    /// Takes one event; `time` is in milliseconds since 1970.
    package mutating func add(_ outcome: Indicator.Outcome, to number: Int, at time: Int64) {
        add(good: outcome == .good ? 1 : 0, bad: outcome == .bad ? 1 : 0, to: number, at: time)
    }

    /// Takes some events of one moment.
    package mutating func add(good: UInt64, bad: UInt64, to number: Int, at time: Int64) {
        see(time)
        let slot = Self.slot(time)
        if series[number].last != slot {
            series[number].flush()
            if series[number].slots[slot] == nil {
                guard slotCount < Self.maximumSlots else { return omitted += good + bad }
                slotCount += 1
                series[number].slots[slot] = EventCounts()
            }
            series[number].last = slot
        }
        series[number].pending.good += good
        series[number].pending.bad += bad
    }

    private static func slot(_ time: Int64) -> Int64 {
        let time = min(max(time, Ladder.timeRange.lowerBound), Ladder.timeRange.upperBound)
        let quotient = time / ObjectiveCount.slotMillis
        return time % ObjectiveCount.slotMillis < 0 ? quotient - 1 : quotient
    }

    // MARK: Report out

    /// Replays everything; `progress` is told the share that is done, 0…1.
    package mutating func run(progress: (Double) -> Void = { _ in }) -> BacktestReport {
        var report = BacktestReport()
        guard let seen else { return report }
        for index in series.indices {
            series[index].flush()
            series[index].last = .min
            replay(series[index], over: seen, into: &report)
            progress(Double(index + 1) / Double(series.count))
        }
        report.sort()
        return report
    }

    private func replay(_ series: Series, over seen: ClosedRange<Int64>, into report: inout BacktestReport) {
        let width = ObjectiveCount.slotMillis
        let slo = set.slos[series.slo]
        let order = series.slots.keys.sorted()
        var now = Self.slot(seen.lowerBound)
        let end = Self.slot(seen.upperBound) + 1
        var tracker = ObjectiveTracker(slo: slo, service: series.service, now: Moment(wall: now * width))
        var next = 0
        while now < end {
            // Where no tier can be met and none is active, nothing happens before the next event.
            let isQuiet = tracker.isQuiet
            now = isQuiet ? min(end, (next < order.count ? order[next] : end - 1) + 1) : now + 1
            let moment = Moment(wall: now * width)
            tracker.advance(to: moment, isObserved: true)
            while next < order.count, order[next] < now {
                let counts = series.slots[order[next]] ?? EventCounts()
                tracker.add(good: counts.good, bad: counts.bad, at: order[next] * width)
                next += 1
            }
            for event in tracker.evaluate(at: moment) { report.take(event) }
        }
        report.finish(tracker, at: Moment(wall: end * width))
    }
}

extension ObjectiveTracker {
    /// No tier is active, and none could be met without another bad event.
    fileprivate var isQuiet: Bool {
        ladder.counts(.threeDays).bad < max(1, slo.alert.minimumBad)
            && Tier.allCases.allSatisfy { !alert($0).isActive }
    }
}
