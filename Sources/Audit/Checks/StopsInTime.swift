extension Check {
    /// Whether a deployment loses requests.
    static let stopsInTime = Check(
        "stops-in-time",
        .medium,
        "Stops by itself when it is told to",
        why: "A service that must be killed loses the requests it has in hand, at every deployment.",
        mend:
            "handle SIGTERM; exec the service in a shell entry point, or init: true; stop_grace_period: above what it needs",
        references: ["A-6.2.1", "A-6.2.4"]
    ) { container in
        let signal = container.config.StopSignal.text ?? ""
        guard StopHistory.number(signal) != "9" else {
            return .finding("Config.StopSignal", "is \(signal): it is never asked to end")
        }
        let history = StopHistory(container.events, stopSignal: signal)
        if history.forced > 0 {
            let stops = history.forced + history.graceful
            return .finding(
                "State.ExitCode",
                "was 137 after \(history.forced) of \(stops) stops: killed when time was up"
            )
        }
        if history.graceful > 0 { return .pass("it ended by itself after \(history.graceful) stops") }
        let state = container.inspect.State
        if state.ExitCode.number == 137, state.OOMKilled.flag != true, history.outOfMemory == 0, !container.isRunning {
            return .finding(
                "State.ExitCode",
                "is 137 without want of memory; the engine no longer tells who killed it",
                .low
            )
        }
        return .unknown("the engine remembers no stop of it")
    }
}
