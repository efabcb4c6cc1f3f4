import Logging
import Settings
import Synchronization

/// Runs an agent, and after a reload the next one in its place: `martlet run`.
///
/// A reload is an orderly restart inside the process: the old agent drains and keeps its positions, the new one goes
/// on from them. A configuration that is invalid, or that turns out not to work on this host, changes nothing.
package final class AgentRunner: Sendable {
    /// Reads the configuration anew.
    package typealias Load = @Sendable () throws(ConfigurationFailure) -> AgentConfiguration

    private struct State {
        var agent: Agent
        /// What the next agent is made from.
        var next: AgentConfiguration?
        var isStopping = false
    }

    private let state: Mutex<State>
    private let launch: Agent.Launch
    private let log: Logger
    private let load: Load
    private let applied: @Sendable (AgentConfiguration) -> Void

    /// Makes the first agent.
    ///
    /// `applied` hears of each configuration that has come into force after it.
    package init(
        _ configuration: AgentConfiguration,
        launch: Agent.Launch,
        log: Logger,
        load: @escaping Load,
        applied: @escaping @Sendable (AgentConfiguration) -> Void = { _ in }
    ) throws(AgentError) {
        self.launch = launch
        self.log = log
        self.load = load
        self.applied = applied
        state = Mutex(State(agent: try Agent(configuration, launch: launch, log: log)))
    }

    /// Runs until `requestStop`, or, with `once`, until every input has ended; true when everything was delivered.
    package func run() async throws(AgentError) -> Bool {
        // The last one that has proved to work; nil until one has run.
        var proven: (agent: ObjectIdentifier, configuration: AgentConfiguration)?
        while true {
            let agent = state.withLock(\.agent)
            do throws(AgentError) {
                let isDrained = try await agent.run()
                proven = (ObjectIdentifier(agent), agent.configuration)
                guard let next = takeNext() else { return isDrained }
                try replace(agent, with: next, orElse: agent.configuration)
            } catch {
                // A new configuration did not come up; the first one's failure ends the command.
                guard let proven, proven.agent != ObjectIdentifier(agent) else { throw error }
                refuse([error.message])
                try replace(agent, with: proven.configuration, orElse: nil)
            }
        }
    }

    /// Stops reading; `run` then drains and returns.
    package func requestStop() {
        let agent = state.withLock { state in
            state.isStopping = true
            state.next = nil
            return state.agent
        }
        agent.requestStop()
    }

    /// Reads the configuration and, when it is valid, has it take over.
    ///
    /// Blocks while it reads files.
    package func reload() {
        do throws(ConfigurationFailure) {
            let next = try load()
            let agent = state.withLock { state in
                guard !state.isStopping else { return nil as Agent? }
                state.next = next
                return state.agent
            }
            log.info("reloading the configuration", metadata: ["config_hash": "\(next.hash)"])
            agent?.requestStop()
        } catch {
            refuse(error.problems.map(\.description))
        }
    }

    private func takeNext() -> AgentConfiguration? {
        state.withLock { state in
            defer { state.next = nil }
            return state.isStopping ? nil : state.next
        }
    }

    /// Puts an agent of `configuration` in the place of one that has ended; should that fail, one of `fallback`.
    private func replace(
        _ old: Agent,
        with configuration: AgentConfiguration,
        orElse fallback: AgentConfiguration?
    ) throws(AgentError) {
        let agent: Agent
        do throws(AgentError) {
            agent = try Agent(configuration, launch: launch, log: log, lock: old.lock)
            if fallback != nil { launch.reloads.applied() }
            applied(configuration)
        } catch {
            guard let fallback else { throw error }
            refuse([error.message])
            agent = try Agent(fallback, launch: launch, log: log, lock: old.lock)
        }
        let isStopping = state.withLock { state in
            state.agent = agent
            return state.isStopping
        }
        if isStopping { agent.requestStop() }
    }

    private func refuse(_ problems: [String]) {
        launch.reloads.refused()
        for problem in problems {
            log.error(
                "the new configuration is refused, the old one stays in force",
                metadata: ["problem": "\(problem)"]
            )
        }
    }
}
