import Admin
import Outputs
import RecordPath
import Settings

/// What the admin server shows of an agent.
struct AgentView: MetricsSource, ReadinessSource {
    let agent: Agent

    func metrics() -> [MetricFamily] {
        let page = MetricsPage(
            checkpoint: agent.keeper.checkpoint,
            outputStates: agent.counters.states,
            inputs: agent.states.problems,
            version: Build.version,
            commit: Build.commit,
            configurationHash: agent.configuration.hash,
            reloads: 0
        )
        return page.families + agent.containers.families + ProcessMetrics().families()
    }

    func readiness() -> Readiness {
        var problems: [Readiness.Problem] = []
        for (input, problem) in agent.states.problems.sorted(by: { $0.key < $1.key }) {
            if let problem { problems.append(.init(component: "inputs/\(input)", problem: problem)) }
        }
        if let problem = agent.keeper.problem { problems.append(.init(component: "spool", problem: problem)) }
        for (output, state) in agent.counters.states.sorted(by: { $0.key < $1.key }) {
            if let reason = state.reason {
                problems.append(.init(component: "outputs/\(output)", problem: reason))
            }
        }
        return Readiness(problems: problems)
    }
}

extension Agent {
    /// Starts `/metrics` and health, unless the launch is without.
    func startAdmin() async throws(AgentError) -> AdminServer? {
        guard launch.servesAdmin else { return nil }
        do {
            let view = AgentView(agent: self)
            let codec = GzipBody()
            return try await AdminServer.start(
                AdminOptions(listen: configuration.agent.listen.description),
                token: try AdminToken.kept(in: configuration.agent.dataDirectory),
                routes: [
                    .health, .readiness(view), .metrics(view, compress: codec.compress), .page,
                    .state(metrics: view, readiness: view, now: WallClock.now),
                ]
            )
        } catch {
            throw AgentError.unavailable(error.description)
        }
    }
}

/// `martlet healthcheck`: asks a running agent.
package enum Health {
    /// What is wrong with the agent at an address; nil: nothing.
    package static func problem(listen: String) -> String? {
        do {
            let answer = try HealthProbe(listen: listen).ask()
            return answer.status == 200 ? nil : "the agent at \(listen) answers \(answer.status)"
        } catch {
            return "\(error)"
        }
    }
}
