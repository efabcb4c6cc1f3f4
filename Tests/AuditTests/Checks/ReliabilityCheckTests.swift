import Audit
import Testing

/// Limits, health, starts and ends, check by check.
@Suite struct ReliabilityCheckTests {
    private static let sound = Sample.sound

    static let rows: [Judgement] = [
        .finding("memory-limit", "HostConfig.Memory is 0", .high, sound.with("HostConfig.Memory", .number(0))),
        .finding(
            "memory-limit",
            "the kernel does not enforce",
            .high,
            sound.with { $0.engine = .json("{\"MemoryLimit\": false}") }
        ),
        .finding("cpu-limit", "NanoCpus is 0", .medium, sound.with("HostConfig.NanoCpus", .number(0))),
        .other(
            "cpu-limit",
            "pass",
            "CpuQuota",
            sound.with("HostConfig.NanoCpus", .number(0)).with("HostConfig.CpuQuota", .number(50_000))
        ),
        .finding("pids-limit", "is not set", .medium, sound.with("HostConfig.PidsLimit", .absent)),
        .finding("pids-limit", "is not set", .medium, sound.with("HostConfig.PidsLimit", .number(-1))),
        .finding("open-file-limit", "does not have nofile", .low, sound.with("HostConfig.Ulimits", .absent)),
        .finding(
            "open-file-limit",
            "has nofile 256",
            .low,
            sound.with("HostConfig.Ulimits", .json(#"[{"Name": "nofile", "Soft": 256}]"#))
        ),
        .finding("health-check", "is not there", .medium, sound.with("Config.Healthcheck", .absent)),
        .finding("health-check", "is NONE", .medium, sound.with("Config.Healthcheck.Test", .json("[\"NONE\"]"))),
        .finding(
            "healthy",
            "unhealthy, 4 times",
            .high,
            sound.with("State.Health", .json(#"{"Status": "unhealthy", "FailingStreak": 4}"#))
        ),
        .other("healthy", "unknown", "starting", sound.with("State.Health.Status", .text("starting"))),
        .other("healthy", "inapplicable", "no health check", sound.with("State.Health", .absent)),
        .finding("restart-policy", "is no", .medium, sound.with("HostConfig.RestartPolicy.Name", .text("no"))),
        .finding("restart-policy", "is no", .medium, sound.with("HostConfig.RestartPolicy", .absent)),
        .other(
            "restart-policy",
            "inapplicable",
            "removed",
            sound.with("HostConfig.RestartPolicy", .absent).with("HostConfig.AutoRemove", .flag(true))
        ),
        .finding("restarts", "RestartCount is 3", .medium, sound.with("RestartCount", .number(3))),
        .finding("restarts", "it loops", .high, sound.with("State.Restarting", .flag(true))),
        .finding("out-of-memory", "State.OOMKilled is true", .high, sound.with("State.OOMKilled", .flag(true))),
        .finding("out-of-memory", "2 kills", .high, sound.with { $0.events = events("oom", "oom", "die 137") }),
        // How it stops.
        .finding(
            "stops-in-time",
            "after 1 of 1 stops",
            .medium,
            sound.with { $0.events = Sample.answers("forced-stop.ndjson") }
        ),
        .finding("stops-in-time", "is KILL", .medium, sound.with("Config.StopSignal", .text("KILL"))),
        .finding("stops-in-time", "no longer tells who", .low, killed),
        .other("stops-in-time", "unknown", "remembers no stop", sound.with { $0.events = [] }),
        .other("stops-in-time", "unknown", "remembers no stop", sound.with { $0.events = events("kill 9", "die 137") }),
        .other("stops-in-time", "unknown", "remembers no stop", sound.with { $0.events = events("oom", "die 137") }),
        .other(
            "stops-in-time",
            "pass",
            "after 2 stops",
            sound.with { $0.events = events("kill 15", "die 143", "start", "kill 15", "die 0") }
        ),
        .other(
            "stops-in-time",
            "pass",
            "after 1 stops",
            sound.with("Config.StopSignal", .text("SIGQUIT")).with { $0.events = events("kill 3", "die 0") }
        ),
    ]

    @Test("Each finding has its cause, and nothing else has", arguments: rows)
    func judges(_ row: Judgement) throws { try row.expectItHolds() }

    /// Ended with 137, and the engine has forgotten how.
    private static var killed: ContainerEvidence {
        sound.with("State.Running", .flag(false)).with("State.ExitCode", .number(137)).with { $0.events = [] }
    }

    /// `kill 15`, `die 137`, `oom`, `start`.
    private static func events(_ words: String...) -> [EngineAnswer] {
        words.map { word in
            let parts = word.split(separator: " ").map { String($0) }
            let attribute = parts.count > 1 ? "\"\(parts[0] == "kill" ? "signal" : "exitCode")\": \"\(parts[1])\"" : ""
            return .json("{\"Action\": \"\(parts[0])\", \"Actor\": {\"Attributes\": {\(attribute)}}}")
        }
    }
}
