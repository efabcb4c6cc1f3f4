/// Everything that is known of one container when it is judged.
package struct ContainerEvidence: Sendable {
    package var id: String
    package var name: String
    /// The service that its lines count for.
    package var service: String
    /// Martlet itself runs in it.
    package var isOwn = false
    /// `GET /containers/ID/json`.
    package var inspect = EngineAnswer.absent
    /// `GET /images/REFERENCE/json` of what the container was made from, as the reference stands now.
    package var image = EngineAnswer.absent
    /// `GET /containers/ID/top`; absent when it does not run.
    package var processes = EngineAnswer.absent
    /// `GET /info`.
    package var engine = EngineAnswer.absent
    /// What `GET /events` still has of it, oldest first.
    package var events: [EngineAnswer] = []
    /// What its last lines are like; nil when they cannot be read.
    package var log: LogEvidence?
    /// The same, where there are any.
    var readableLog: LogEvidence? { log.flatMap { $0.records > 0 ? $0 : nil } }
    /// What its ports answer; nil when nobody has asked.
    package var ports: PortEvidence?

    /// Makes evidence of a container of which nothing is known yet.
    package init(id: String, name: String, service: String) {
        self.id = id
        self.name = name
        self.service = service
    }

    var config: EngineAnswer { inspect.Config }
    var hostConfig: EngineAnswer { inspect.HostConfig }
    /// Whether it ran when the engine was asked.
    package var isRunning: Bool { inspect.State.Running.flag ?? false }
    var isPrivileged: Bool { hostConfig.Privileged.flag ?? false }

    /// Options of `--security-opt`, of which some engines write `:` for `=`.
    var securityOptions: [String] {
        hostConfig.SecurityOpt.texts.map { option in
            guard let colon = option.firstIndex(of: ":"), !option[..<colon].contains("=") else { return option }
            return option[..<colon] + "=" + option[option.index(after: colon)...]
        }
    }

    /// Whether the engine says this of its own security, such as `name=rootless`.
    func engineHas(_ option: String) -> Bool {
        engine.SecurityOptions.texts.contains { $0.split(separator: ",").contains(Substring(option)) }
    }
}
