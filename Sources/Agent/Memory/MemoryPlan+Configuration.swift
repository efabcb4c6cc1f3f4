import Settings

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension AgentConfiguration {
    /// How this host's share of memory is divided.
    package var memory: MemoryPlan {
        let quota = outputNames.map { delivery(of: $0).spool.bytes }.min() ?? .max
        return MemoryPlan(
            limit: agent.memoryBytes,
            cores: sysconf(Int32(_SC_NPROCESSORS_ONLN)),
            outputs: outputNames.count,
            smallestQuota: quota,
            series: signals.maximumSeries,
            buckets: signals.bounds.count + 1
        )
    }
}
