import Admin
import Outputs
import RecordPath
import Settings
import Synchronization

/// What the admin server shows of an agent.
struct AgentView: MetricsSource, ReadinessSource {
    let agent: Agent

    func metrics() -> [MetricFamily] {
        var checkpoint = agent.keeper.checkpoint
        checkpoint.signals = checkpoint.signals.withZeros
        let page = MetricsPage(
            checkpoint: checkpoint,
            outputStates: agent.counters.states,
            oldest: agent.keeper.oldestOnTheWay,
            now: WallClock.now(),
            inputs: agent.states.problems,
            version: Build.version,
            commit: Build.commit,
            configurationHash: agent.configuration.hash,
            reloads: agent.launch.reloads.values,
            order: agent.seriesOrder
        )
        let objectives = ObjectiveFamilies(
            standings: agent.objectives.keeper.standings,
            tellings: agent.objectives.desk.tellings
        )
        return page.families + agent.latencyWindow.families(page.signals.latencies) + objectives.families
            + agent.containers.families + readiness(page.signals) + ProcessMetrics().families()
    }

    private func readiness(_ signals: SignalSnapshot) -> [MetricFamily] {
        agent.readiness.families(
            signals,
            readsContainers: agent.configuration.docker != nil,
            redact: agent.containers.redact
        )
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
        for (sink, counts) in agent.objectives.desk.tellings {
            if let problem = counts.problem { problems.append(.init(component: "outputs/\(sink)", problem: problem)) }
        }
        return Readiness(problems: problems)
    }
}

extension Agent {
    /// Where a browser finds the live page, once it is served.
    var pageURL: String? { page.withLock { $0 } }

    /// Starts `/metrics`, health and the page, unless the launch is without.
    func startAdmin() async throws(AgentError) -> AdminServer? {
        guard launch.servesAdmin else { return nil }
        let listen = configuration.agent.listen
        do throws(AdminError) {
            let token = try AdminToken.kept(in: configuration.agent.dataDirectory)
            let server: AdminServer
            do throws(AdminError) {
                server = try await serve(listen.description, token)
            } catch {
                guard launch.takesAnyPort, case .cannotListen = error else { throw error }
                server = try await serve(Settings.ListenAddress(host: listen.host, port: 0).description, token)
            }
            page.withLock { $0 = server.address.pageURL(token: token) }
            return server
        } catch {
            throw AgentError.unavailable(error.description)
        }
    }

    private func serve(_ listen: String, _ token: AdminToken) async throws(AdminError) -> AdminServer {
        let view = AgentView(agent: self)
        let history = TopHistory()
        return try await AdminServer.start(
            AdminOptions(listen: listen),
            token: token,
            routes: [
                .health, .readiness(view), .metrics(view, pages: memory.pages, compress: GzipBody.compress), .page,
                .state(metrics: view, readiness: view, now: WallClock.now),
                .objectives(objectives.keeper), .gate(objectives.keeper),
                .tap(tap) { [started] in (ContinuousClock.now - started).nanoseconds },
                .top { view.top(history) },
            ]
        )
    }
}

/// `martlet healthcheck`: asks a running agent.
package enum Health {
    /// What is wrong with the agent of a configuration; nil: nothing.
    ///
    /// An agent that other hosts can reach wants the token on every route, so it gets that.
    package static func problem(_ configuration: AgentConfiguration) -> String? {
        let listen = configuration.agent.listen.description
        let file = configuration.agent.dataDirectory + "/token"
        do {
            let isLoopback = try Admin.ListenAddress(listen).isLoopback
            let token = isLoopback ? nil : AdminToken.read(file)
            switch try HealthProbe(listen: listen, token: token).ask().status {
            case 200: return nil
            case 401 where token == nil:
                return "the agent at \(listen) wants the token in \(file), which this user may not read; "
                    + "run the check as the agent's user"
            case let status: return "the agent at \(listen) answers \(status)"
            }
        } catch {
            return "\(error)"
        }
    }
}
