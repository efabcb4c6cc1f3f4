import Audit
import Inputs

extension Agent {
    /// How often the containers are audited while the agent runs: what they are made of rarely changes.
    private static let auditMilliseconds: Int32 = 5 * 60 * 1000
    /// After a failure, or when containers have just been started with the agent.
    private static let soonMilliseconds: Int32 = 15 * 1000

    /// Audits the containers now and then until the agent stops reading.
    ///
    /// Returns at once. The task ends by itself when `stop` is raised, and holds nothing that must be released.
    func startAudits(until stop: StopSignal) {
        guard !launch.once, launch.servesAdmin, let docker = configuration.docker else { return }
        let audit = AuditRun(configuration, docker.socket, .read, stop: stop)
        let readiness = readiness
        Task {
            var isFirst = true
            while !stop.isRaised {
                let report = try? await audit.run()
                readiness.show(report)
                FreeMemory.giveBack()
                let pause = isFirst || report == nil ? Self.soonMilliseconds : Self.auditMilliseconds
                isFirst = false
                await Blocking.run { _ = stop.wait(milliseconds: pause) }
            }
        }
    }
}
