/// The health of the agents themselves.
struct AgentRules {
    let blueprint: Blueprint

    var file: RuleFile {
        RuleFile(
            name: "martlet-agent",
            purpose:
                "The health of Martlet itself: that it is there, reads, redacts, delivers, and accounts for every record.",
            groups: [
                RuleGroup("martlet-agent-presence", interval: "1m", alerts: presenceAlerts),
                RuleGroup("martlet-agent-records", interval: "1m", alerts: inputAlerts + recordAlerts),
                RuleGroup("martlet-agent-outputs", interval: "1m", alerts: outputAlerts + spoolAlerts),
                RuleGroup("martlet-agent-process", interval: "1m", alerts: processAlerts),
            ]
        )
    }

    /// A label set of an agent's series in unit tests.
    static let instance = "job=\"\(Blueprint.job)\", instance=\"host-1\""

    static let callPlatform =
        "Not mitigated within an hour, or on several hosts at once: call the owner of the logging "
        + "platform."

    /// What the agent itself says is wrong.
    var readiness: Runbook.Step {
        .init("What the agent itself says is wrong:", "curl -s http://\(blueprint.listen)/readyz")
    }

    /// An agent's own log.
    static let ownLog = Runbook.Step("Its own log:", "journalctl -u martlet --since -1h --priority warning")
}
