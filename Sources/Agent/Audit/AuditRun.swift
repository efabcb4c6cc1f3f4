import Audit
import Inputs
import Transport

/// One audit of a host's containers, for `martlet audit` and for the agent's own series.
package struct AuditRun: Sendable {
    private let configuration: AgentConfiguration
    private let address: EngineAddress
    private let scope: EngineSurvey.Scope
    private let probes: Bool
    private let stop: StopSignal

    /// Makes an audit of the configuration's engine, or of this host's where it names none.
    ///
    /// - Parameters:
    ///   - configuration: How lines are read and redacted.
    ///   - probes: Ask ports for `/metrics`, `/healthz` and `/readyz`.
    package init(_ configuration: AgentConfiguration, probes: Bool) {
        self.init(configuration, Self.address(configuration), .all, stop: StopSignal(), probes: probes)
    }

    init(
        _ configuration: AgentConfiguration,
        _ address: EngineAddress,
        _ scope: EngineSurvey.Scope,
        stop: StopSignal,
        probes: Bool = true
    ) {
        self.configuration = configuration
        self.address = address
        self.scope = scope
        self.stop = stop
        self.probes = probes
    }

    /// Asks the engine, then the ports, and judges; `progress` hears how many containers are done, of how many.
    package func run(
        failOn: Severity = .high,
        progress: @escaping @Sendable (Int, Int) -> Void = { _, _ in }
    ) async throws(AgentError) -> AuditReport {
        let gathered = Locked<Result<[ContainerEvidence], EngineFailure>>(.success([]))
        await Blocking.run { [self] in
            var survey = EngineSurvey(configuration, address, scope, stop: stop, now: WallClock.now())
            do throws(EngineFailure) {
                let evidence = try survey.run(progress: progress)
                gathered.withLock { $0 = .success(evidence) }
            } catch {
                gathered.withLock { $0 = .failure(error) }
            }
        }
        switch gathered.withLock({ $0 }) {
        case .failure(.forbidden(let address, let group)):
            throw .forbidden(EngineFailure.forbidden(address, group: group).explanation)
        case .failure(let failure): throw .unavailable(failure.explanation)
        case .success(var containers):
            if probes { await ask(&containers) }
            let reports = containers.map { ContainerReport($0) }
            return AuditReport(engine: containers.first?.engine ?? .absent, containers: reports, failOn: failOn)
        }
    }

    /// One container after the other, for nobody waits for it; with a client of its own, and only where there is
    /// something to ask.
    private func ask(_ containers: inout [ContainerEvidence]) async {
        let targets = containers.map { ProbeTargets($0.isRunning ? $0.inspect : .absent, engineHost: engineHost) }
        for index in containers.indices { containers[index].ports = PortEvidence(addresses: targets[index].addresses) }
        guard targets.contains(where: { !$0.addresses.isEmpty }),
            let transport = try? PooledTransport(EndpointProbe.limits)
        else { return }
        let probe = EndpointProbe(transport)
        for index in containers.indices where !stop.isRaised && !targets[index].addresses.isEmpty {
            containers[index].ports = await probe.ask(targets[index])
        }
    }

    /// Where ports are that the engine publishes.
    private var engineHost: String {
        guard case .tcp(let host, _) = address else { return "127.0.0.1" }
        return host.contains(":") ? "[\(host)]" : host
    }

    private static func address(_ configuration: AgentConfiguration) -> EngineAddress {
        configuration.docker?.socket ?? HostOffers.dockerSocket ?? DockerOptions().socket
    }
}
