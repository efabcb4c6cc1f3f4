/// Answers of engines to `GET /containers/ID/stats`, cut to what matters.
enum StatsRecordings {
    /// Engine 20.10 on cgroup v1: `--memory 32m --pids-limit 50 --cpus 0.2`, one process that runs `yes`, 2 MB of cache.
    static let version1 = (
        first: """
        {"read":"2026-11-21T13:47:29.16300265Z","pids_stats":{"current":1,"limit":50},
        "cpu_stats":{"cpu_usage":{"total_usage":630382616,"percpu_usage":[620258478,10124138],
        "usage_in_kernelmode":20000000,"usage_in_usermode":600000000},"system_cpu_usage":15644520000000,
        "online_cpus":2,"throttling_data":{"periods":32,"throttled_periods":30,
        "throttled_time":1205285118}},"memory_stats":{"usage":2592768,"max_usage":3559424,
        "stats":{"cache":1982464,"inactive_file":1982464,"rss":57344,"total_cache":1982464,
        "total_inactive_file":1982464,"total_rss":57344},"limit":33554432}}
        """,
        second: """
        {"read":"2026-11-21T13:47:32.231115227Z","pids_stats":{"current":1,"limit":50},
        "cpu_stats":{"cpu_usage":{"total_usage":1248422636,"percpu_usage":[1238298498,10124138],
        "usage_in_kernelmode":30000000,"usage_in_usermode":1210000000},"system_cpu_usage":15650650000000,
        "online_cpus":2,"throttling_data":{"periods":63,"throttled_periods":61,
        "throttled_time":2409743627}},"memory_stats":{"usage":2592768,"max_usage":3559424,
        "stats":{"cache":1982464,"inactive_file":1982464,"rss":57344,"total_cache":1982464,
        "total_inactive_file":1982464,"total_rss":57344},"limit":33554432}}
        """
    )

    /// cgroup v2, in the shape that moby gives it: no `percpu_usage`, no `total_…` figures, no limits of its own.
    static let version2 = (
        first: """
        {"read":"2026-11-21T13:47:29.000000000Z","pids_stats":{"current":12,"limit":18446744073709551615},
        "cpu_stats":{"cpu_usage":{"total_usage":52391000000,"usage_in_kernelmode":18214000000,
        "usage_in_usermode":34177000000},"system_cpu_usage":118873690000000,"online_cpus":8,
        "throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},
        "memory_stats":{"usage":905216000,"stats":{"active_anon":4096,"active_file":81920000,
        "anon":405216000,"file":500000000,"inactive_anon":405000000,"inactive_file":400000000,
        "kernel_stack":65536,"pgfault":2000,"slab":300000,"sock":0},"limit":33307115520}}
        """,
        second: """
        {"read":"2026-11-21T13:47:44.000000000Z","pids_stats":{"current":12,"limit":18446744073709551615},
        "cpu_stats":{"cpu_usage":{"total_usage":82391000000,"usage_in_kernelmode":18214000000,
        "usage_in_usermode":34177000000},"system_cpu_usage":118993690000000,"online_cpus":8,
        "throttling_data":{"periods":0,"throttled_periods":0,"throttled_time":0}},
        "memory_stats":{"usage":905216000,"stats":{"active_anon":4096,"active_file":81920000,
        "anon":405216000,"file":500000000,"inactive_anon":405000000,"inactive_file":400000000,
        "kernel_stack":65536,"pgfault":2000,"slab":300000,"sock":0},"limit":33307115520}}
        """
    )
}
