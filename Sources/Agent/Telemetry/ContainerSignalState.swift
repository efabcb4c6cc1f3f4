import Inputs

/// The state behind `ContainerSignalTable`: what is known of containers now, and what was counted of them.
///
/// No I/O, no clock and no lock.
package struct ContainerSignalState {
    /// What a series is told apart by, after redaction.
    package struct Series: Hashable, Sendable {
        var service: String
        var container: String

        /// Stands for the containers beyond the limit.
        static let other = Series(service: "__other__", container: "__other__")
    }

    /// Restarts and OOM kills.
    package struct Events: Equatable, Sendable {
        var restarts: Int64 = 0
        var oomKills: Int64 = 0
    }

    /// What was counted under one series: by name, so that a container that replaces another counts on.
    struct Counts: Equatable {
        var restarts: Int64 = 0
        var oomKills: Int64 = 0
        /// How much of both is durable, and shown.
        var durable = Events()
        /// Containers that have the series now.
        var holders = 0
        /// When the last of them went.
        var leftAt: Int64 = 0
    }

    private struct Live {
        var identity: ContainerIdentity
        var series: Series
        var sample = SaturationSample()
        var sampledAt: Int64 = 0
    }

    /// Series that are shown by what was counted; one whose containers are gone is shown no more, but it is
    /// remembered while there is room, so that its counters go on when it comes back.
    private(set) var counts: [Series: Counts] = [:]
    /// Containers that found no room for a series of their own.
    private(set) var limited: Int64 = 0
    private var live: [String: Live] = [:]
    private let seriesMax: Int

    init(seriesMax: Int) { self.seriesMax = max(1, seriesMax) }

    /// Whether the container is known under these very names.
    func knows(_ identity: ContainerIdentity) -> Bool { live[identity.id]?.identity == identity }

    /// The container has these names now.
    mutating func enter(_ identity: ContainerIdentity, as wanted: Series, now: Int64) {
        leave(identity.id, now: now)
        guard live.count < seriesMax * 2 else { return limited += 1 }
        let series = hasRoom(for: wanted) ? wanted : .other
        if series != wanted { limited += 1 }
        live[identity.id] = Live(identity: identity, series: series)
        var count = counts[series] ?? Counts()
        count.holders += 1
        counts[series] = count
    }

    /// The container is gone.
    mutating func leave(_ id: String, now: Int64) {
        guard let gone = live.removeValue(forKey: id) else { return }
        counts[gone.series]?.holders -= 1
        counts[gone.series]?.leftAt = now
    }

    /// What the container uses.
    mutating func take(_ sample: SaturationSample, of id: String, now: Int64) {
        live[id]?.sample = sample
        live[id]?.sampledAt = now
    }

    /// Counts under the container's series.
    mutating func count(_ id: String, restarts: Int = 0, oomKills: Int = 0) {
        let series = live[id]?.series ?? .other
        var count = counts[series] ?? Counts()
        count.restarts = count.restarts.addingReportingOverflow(Int64(restarts)).partialValue
        count.oomKills = count.oomKills.addingReportingOverflow(Int64(oomKills)).partialValue
        counts[series] = count
    }

    /// Counts that are not durable yet, by series.
    var fresh: [Series: Events] {
        counts.compactMapValues { count in
            let events = Events(
                restarts: count.restarts - count.durable.restarts,
                oomKills: count.oomKills - count.durable.oomKills
            )
            return events == Events() ? nil : events
        }
    }

    /// Counts are durable now.
    mutating func settle(_ events: [Series: Events]) {
        for (series, count) in events {
            counts[series]?.durable.restarts += count.restarts
            counts[series]?.durable.oomKills += count.oomKills
        }
    }

    /// Goes on from what an earlier run has counted.
    mutating func restore(_ events: [Series: Events]) {
        for (series, count) in events where counts[series] == nil && counts.count < seriesMax {
            counts[series] = Counts(restarts: count.restarts, oomKills: count.oomKills, durable: count)
        }
    }

    /// The series to be shown: those with containers, and those that had some after `since`.
    func shownCounts(since: Int64) -> [(series: Series, counts: Counts)] {
        counts.filter { $0.value.holders > 0 || $0.value.leftAt >= since || $0.key == .other }
            .map { ($0.key, $0.value) }
            .sorted { ($0.series.service, $0.series.container) < ($1.series.service, $1.series.container) }
    }

    /// What is used, by series, of samples taken after `since`; where containers share a series, the highest.
    func samples(since: Int64) -> [(series: Series, sample: SaturationSample)] {
        var bySeries: [Series: SaturationSample] = [:]
        for entry in live.values where entry.sampledAt >= since && !entry.sample.isEmpty {
            bySeries[entry.series] = Self.higher(bySeries[entry.series], entry.sample)
        }
        return bySeries.map { ($0.key, $0.value) }
            .sorted { ($0.series.service, $0.series.container) < ($1.series.service, $1.series.container) }
    }

    private mutating func hasRoom(for series: Series) -> Bool {
        if counts[series] != nil || counts.count < seriesMax { return true }
        let old = counts.filter { $0.value.holders == 0 && $0.key != .other }.min { $0.value.leftAt < $1.value.leftAt }
        guard let old else { return false }
        counts[old.key] = nil
        return true
    }

    private static func higher(_ one: SaturationSample?, _ other: SaturationSample) -> SaturationSample {
        guard let one else { return other }
        func higher(_ path: KeyPath<SaturationSample, Double?>) -> Double? {
            [one[keyPath: path], other[keyPath: path]].compactMap(\.self).max()
        }
        return SaturationSample(
            cpu: higher(\.cpu),
            throttled: higher(\.throttled),
            memory: higher(\.memory),
            pids: higher(\.pids)
        )
    }
}
