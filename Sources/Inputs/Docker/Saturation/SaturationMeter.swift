/// From the engine's figures of one container to ratios.
///
/// No I/O. Figures that are missing, go back or cannot be give no ratio, so that nobody is woken by nonsense.
package struct SaturationMeter: Sendable {
    /// What the ratios of one interval are made from.
    private struct Counters {
        var cpu: UInt64
        var system: UInt64?
        var readAt: Int64?
        var periods: UInt64?
        var throttledPeriods: UInt64?
    }

    /// More than this share of the host's CPUs was not used by one container: clocks or counters were changed.
    private static let possibleShare = 1.25
    private var last: Counters?

    /// Makes a meter that has seen nothing: the first figures give memory and pids only.
    package init() {}

    /// The container has been started: its counters begin at zero.
    package mutating func restarted() { last = nil }

    /// Takes figures; `hostPids`: the limit of a container that has none of its own, where it is known.
    package mutating func take(
        _ stats: EngineJSON.Stats,
        limits: ContainerLimits,
        hostPids: UInt64? = nil
    ) -> SaturationSample {
        var sample = SaturationSample(memory: Self.memory(stats.memory, limits.memoryBytes))
        sample.pids = Self.pids(stats.pids, limits.pids ?? hostPids)
        let before = last
        last = Self.counters(stats)
        guard let before, let now = last, now.cpu >= before.cpu else { return sample }
        sample.cpu = Self.cpu(before, now, online: Self.online(stats.cpu), limit: limits.cpus)
        sample.throttled = Self.throttled(before, now)
        return sample
    }

    private static func counters(_ stats: EngineJSON.Stats) -> Counters? {
        guard let cpu = stats.cpu, let total = cpu.total else { return nil }
        return Counters(
            cpu: total,
            system: cpu.system,
            readAt: stats.read.flatMap { EngineTime.parse($0) },
            periods: cpu.periods,
            throttledPeriods: cpu.throttledPeriods
        )
    }

    /// Engines before API 1.27 and some answers of cgroup v1 tell the CPUs only by their single times.
    private static func online(_ cpu: EngineJSON.CPU?) -> Double? {
        if let online = cpu?.online, online > 0, online <= 65_536 { return Double(online) }
        let count = cpu?.perCPU?.count ?? 0
        return count > 0 ? Double(count) : nil
    }

    /// CPUs in use over the interval, as `docker stats` finds them, over what may be used.
    ///
    /// The host's own CPU time is the clock, because a wall clock may be set; where the engine does not give it, the
    /// time of reading has to do.
    private static func cpu(_ before: Counters, _ now: Counters, online: Double?, limit: Double?) -> Double? {
        guard let online, let seconds = seconds(before, now, online: online) else { return nil }
        let used = Double(now.cpu - before.cpu) / 1e9 / seconds
        guard used <= online * possibleShare else { return nil }
        // A limit above what the host has is no limit.
        return used / min(limit ?? online, online)
    }

    private static func seconds(_ before: Counters, _ now: Counters, online: Double) -> Double? {
        if let from = before.system, let to = now.system {
            return to > from ? Double(to - from) / 1e9 / online : nil
        }
        guard let from = before.readAt, let to = now.readAt, to > from else { return nil }
        return Double(to - from) / 1e9
    }

    /// Without a quota there are no periods, and nothing is throttled.
    private static func throttled(_ before: Counters, _ now: Counters) -> Double? {
        guard let from = before.periods, let to = now.periods, let throttledFrom = before.throttledPeriods,
            let throttledTo = now.throttledPeriods, to >= from, throttledTo >= throttledFrom,
            throttledTo - throttledFrom <= to - from
        else { return nil }
        return to == from ? 0 : Double(throttledTo - throttledFrom) / Double(to - from)
    }

    /// The working set: what the kernel cannot take back before it has to kill.
    ///
    /// Without the share of the cache there is no ratio: a container that reads files would look full.
    private static func memory(_ memory: EngineJSON.Memory?, _ ownLimit: UInt64?) -> Double? {
        guard let memory, let usage = memory.usage, let inactive = memory.inactiveFile,
            let limit = ownLimit ?? memory.limit, limit > 0, limit < ContainerLimits.largest, usage <= limit * 2
        else { return nil }
        return Double(usage > inactive ? usage - inactive : 0) / Double(limit)
    }

    private static func pids(_ pids: EngineJSON.Pids?, _ ownLimit: UInt64?) -> Double? {
        guard let current = pids?.current, current > 0, current < ContainerLimits.largest else { return nil }
        let told = pids?.limit.flatMap { $0 > 0 && $0 < ContainerLimits.largest ? $0 : nil }
        return (told ?? ownLimit).flatMap { $0 > 0 ? Double(current) / Double($0) : nil }
    }
}
