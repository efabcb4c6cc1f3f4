import Inputs
import Testing

@Suite("The saturation of a container")
struct SaturationMeterTests {
    private func stats(_ text: String) throws -> EngineJSON.Stats {
        try #require(EngineJSON.decode(EngineJSON.Stats.self, text.split(separator: "\n").joined().utf8))
    }

    /// What the second of two answers gives.
    private func second(
        _ answers: (first: String, second: String),
        _ limits: ContainerLimits,
        hostPids: UInt64? = nil
    ) throws -> SaturationSample {
        var meter = SaturationMeter()
        _ = meter.take(try stats(answers.first), limits: limits, hostPids: hostPids)
        return meter.take(try stats(answers.second), limits: limits, hostPids: hostPids)
    }

    @Test("on cgroup v1 is what it uses of its limits, without cache")
    func version1() throws {
        let limits = ContainerLimits(cpus: 0.2, memoryBytes: 33_554_432, pids: 50)
        let sample = try second(StatsRecordings.version1, limits)
        // 0.61804 s of CPU in 6.13 s of two CPUs.
        #expect(try abs(#require(sample.cpu) - 0.618040020 / (6.13 / 2) / 0.2) < 1e-9)
        #expect(sample.throttled == 1)
        #expect(sample.memory == Double(2_592_768 - 1_982_464) / 33_554_432)
        #expect(sample.pids == 0.02)
        #expect(sample.highest == sample.cpu)
    }

    @Test("on cgroup v2 is what it uses of the host where it has no limits")
    func version2() throws {
        let sample = try second(StatsRecordings.version2, ContainerLimits(), hostPids: 4_096)
        // 30 s of CPU in 15 s of eight CPUs.
        #expect(sample.cpu == 2.0 / 8)
        #expect(sample.throttled == 0)
        #expect(sample.memory == Double(905_216_000 - 400_000_000) / 33_307_115_520)
        #expect(sample.pids == 12.0 / 4_096)
    }

    @Test("is without CPU at first, and after a restart")
    func first() throws {
        var meter = SaturationMeter()
        let limits = ContainerLimits(cpus: 0.2)
        let one = meter.take(try stats(StatsRecordings.version1.first), limits: limits)
        #expect(one.cpu == nil && one.throttled == nil && one.memory != nil && one.pids != nil)
        meter.restarted()
        #expect(meter.take(try stats(StatsRecordings.version1.second), limits: limits).cpu == nil)
    }

    @Test("is unknown when counters go back")
    func backwards() throws {
        let answers = (first: StatsRecordings.version1.second, second: StatsRecordings.version1.first)
        let sample = try second(answers, ContainerLimits(cpus: 0.2))
        #expect(sample.cpu == nil && sample.throttled == nil)
    }

    @Test("is of the host where the limit is above what the host has")
    func largeLimit() throws {
        #expect(try second(StatsRecordings.version2, ContainerLimits(cpus: 64)).cpu == 0.25)
    }

    /// CPU figures of which `first` and `second` differ by what is given.
    private func cpu(_ total: UInt64, _ rest: String) -> String {
        #"{"read":"2026-01-01T00:00:\#(total == 0 ? "00" : "10").000000000Z","cpu_stats":{"cpu_usage":{"total_usage":\#(total)}\#(rest)}}"#
    }

    @Test("goes by the time of reading where the engine does not tell the host's CPU time")
    func wallClock() throws {
        let answers = (cpu(0, #","online_cpus":2"#), cpu(5_000_000_000, #","online_cpus":2"#))
        #expect(try second(answers, ContainerLimits(cpus: 1)).cpu == 0.5)
    }

    @Test("is unknown when it would be more than the host has")
    func impossible() throws {
        let answers = (cpu(0, #","online_cpus":2"#), cpu(90_000_000_000, #","online_cpus":2"#))
        #expect(try second(answers, ContainerLimits(cpus: 1)).cpu == nil)
    }

    @Test(
        "is unknown where figures are missing or cannot be",
        arguments: [
            "{}", "[]", "null", #"{"cpu_stats":7,"memory_stats":"x","pids_stats":[]}"#,
            #"{"memory_stats":{}}"#, #"{"memory_stats":{"usage":5}}"#,
            #"{"memory_stats":{"usage":5,"limit":100}}"#,
            #"{"memory_stats":{"usage":5,"limit":0,"stats":{"inactive_file":1}}}"#,
            #"{"memory_stats":{"usage":-5,"limit":100,"stats":{"inactive_file":1}}}"#,
            #"{"memory_stats":{"usage":1e30,"limit":100,"stats":{"inactive_file":1}}}"#,
            #"{"memory_stats":{"usage":500,"limit":100,"stats":{"inactive_file":1}}}"#,
            #"{"memory_stats":{"usage":5,"limit":9223372036854771712,"stats":{"inactive_file":1}}}"#,
            #"{"pids_stats":{"current":3}}"#, #"{"pids_stats":{"limit":3}}"#,
            #"{"pids_stats":{"current":3,"limit":0}}"#,
            #"{"pids_stats":{"current":0,"limit":10}}"#, #"{"pids_stats":{"current":"3","limit":10}}"#,
            #"{"cpu_stats":{"cpu_usage":{"total_usage":5},"online_cpus":0}}"#,
            #"{"cpu_stats":{"cpu_usage":{"total_usage":18446744073709551615},"system_cpu_usage":1,"online_cpus":2}}"#,
            #"{"cpu_stats":{"throttling_data":{"periods":1,"throttled_periods":9}}}"#,
        ]
    )
    func hostile(text: String) throws {
        var meter = SaturationMeter()
        guard let stats = EngineJSON.decode(EngineJSON.Stats.self, text.utf8) else { return }
        for _ in 0..<2 { #expect(meter.take(stats, limits: ContainerLimits(cpus: 1)).isEmpty) }
    }

    @Test("takes no more cache off than there is memory")
    func muchCache() throws {
        var meter = SaturationMeter()
        let text = #"{"memory_stats":{"usage":5,"limit":100,"stats":{"inactive_file":9}}}"#
        #expect(meter.take(try stats(text), limits: ContainerLimits()).memory == 0)
    }

    @Test("is of the limits that the container was made with")
    func limits() {
        #expect(ContainerLimits.cpus(nano: 1_500_000_000, quota: 7, period: 7) == 1.5)
        #expect(ContainerLimits.cpus(nano: 0, quota: 25_000, period: 50_000) == 0.5)
        #expect(ContainerLimits.cpus(nano: nil, quota: 50_000, period: 0) == 0.5)
        #expect(ContainerLimits.cpus(nano: nil, quota: -1, period: nil) == nil)
    }
}
