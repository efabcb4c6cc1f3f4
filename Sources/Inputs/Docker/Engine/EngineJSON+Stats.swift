extension EngineJSON {
    /// `GET /containers/ID/stats?stream=false`, as cgroup v1 and v2 give it.
    package struct Stats: Decodable, Sendable {
        @Lenient package var read: String?
        @Lenient package var cpu: CPU?
        @Lenient package var memory: Memory?
        @Lenient package var pids: Pids?

        private enum CodingKeys: String, CodingKey {
            case read
            case cpu = "cpu_stats"
            case memory = "memory_stats"
            case pids = "pids_stats"
        }
    }

    /// Times since the container's start, in nanoseconds.
    package struct CPU: Decodable, Sendable {
        package var total: UInt64?
        package var perCPU: [UInt64]?
        /// Of all the host's CPUs together.
        package var system: UInt64?
        package var online: UInt64?
        package var periods: UInt64?
        package var throttledPeriods: UInt64?

        private enum CodingKeys: String, CodingKey {
            case usage = "cpu_usage"
            case system = "system_cpu_usage"
            case online = "online_cpus"
            case throttling = "throttling_data"
        }

        private enum UsageKeys: String, CodingKey {
            case total = "total_usage"
            case perCPU = "percpu_usage"
        }

        private enum ThrottlingKeys: String, CodingKey {
            case periods
            case throttledPeriods = "throttled_periods"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            system = fields.lenient(.system)
            online = fields.lenient(.online)
            let usage = try? fields.nestedContainer(keyedBy: UsageKeys.self, forKey: .usage)
            total = usage?.lenient(.total)
            perCPU = usage?.lenient(.perCPU)
            let throttling = try? fields.nestedContainer(keyedBy: ThrottlingKeys.self, forKey: .throttling)
            periods = throttling?.lenient(.periods)
            throttledPeriods = throttling?.lenient(.throttledPeriods)
        }
    }

    /// Bytes.
    package struct Memory: Decodable, Sendable {
        package var usage: UInt64?
        package var limit: UInt64?
        /// The page cache that can be taken back at once, of the container and all below it.
        package var inactiveFile: UInt64?

        private enum CodingKeys: String, CodingKey {
            case usage
            case limit
            case stats
        }

        private enum StatKeys: String, CodingKey {
            case version1 = "total_inactive_file"
            case version2 = "inactive_file"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            usage = fields.lenient(.usage)
            limit = fields.lenient(.limit)
            let stats = try? fields.nestedContainer(keyedBy: StatKeys.self, forKey: .stats)
            inactiveFile = stats?.lenient(.version1) ?? stats?.lenient(.version2)
        }
    }

    /// Processes and threads.
    package struct Pids: Decodable, Sendable {
        @Lenient package var current: UInt64?
        @Lenient package var limit: UInt64?
    }
}
