/// What a container may use, as the engine was told; nil: no limit of its own.
package struct ContainerLimits: Sendable, Equatable {
    /// A number above this is no limit but the engine's way to say that there is none.
    static let largest: UInt64 = 1 << 60

    /// CPUs, with fractions.
    package var cpus: Double?
    package var memoryBytes: UInt64?
    /// Processes and threads together.
    package var pids: UInt64?

    /// Makes limits.
    package init(cpus: Double? = nil, memoryBytes: UInt64? = nil, pids: UInt64? = nil) {
        self.cpus = cpus
        self.memoryBytes = memoryBytes
        self.pids = pids
    }

    /// The limits in an answer to inspect: 0 and -1 stand for none.
    init(_ host: EngineJSON.HostConfig?) {
        cpus = Self.cpus(nano: host?.nanoCPUs, quota: host?.cpuQuota, period: host?.cpuPeriod)
        memoryBytes = Self.limit(host?.memory)
        pids = Self.limit(host?.pidsLimit)
    }

    /// `--cpus` is kept in billionths, `--cpu-quota` in microseconds of a period, which is 100 ms unless given.
    package static func cpus(nano: Int64?, quota: Int64?, period: Int64?) -> Double? {
        if let nano, nano > 0 { return Double(nano) / 1e9 }
        guard let quota, quota > 0 else { return nil }
        guard let period, period > 0 else { return Double(quota) / 100_000 }
        return Double(quota) / Double(period)
    }

    private static func limit(_ value: Int64?) -> UInt64? {
        value.flatMap { $0 > 0 && UInt64($0) < largest ? UInt64($0) : nil }
    }
}
