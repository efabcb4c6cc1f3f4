import Audit
import Foundation
import Testing

/// Evidence of containers from a real engine (20.10), and ways to change one thing of it.
enum Sample {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../Fixtures/audit").standardizedFileURL

    /// An answer of the engine.
    static func answer(_ name: String) -> EngineAnswer {
        let answer = EngineAnswer((try? Data(contentsOf: folder.appendingPathComponent(name))) ?? Data())
        precondition(!answer.isAbsent, "no fixture \(name)")
        return answer
    }

    /// Answers, one a line.
    static func answers(_ name: String) -> [EngineAnswer] {
        let text = (try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)) ?? ""
        return text.split(separator: "\n").map { EngineAnswer($0.utf8) }
    }

    /// A container in which everything is as it should be.
    static var sound: ContainerEvidence {
        var container = ContainerEvidence(id: "cb2423ab97c3", name: "good", service: "checkout")
        container.inspect = answer("sound.json")
        container.image = answer("image.json")
        container.processes = answer("processes.json")
        container.engine = answer("engine.json")
        container.events = answers("graceful-stop.ndjson")
        container.log = log(records: 100, structured: 99, traced: 90)
        container.ports = PortEvidence(
            addresses: ["10.0.0.2:8080"],
            answers: [
                .init(
                    address: "10.0.0.2:8080",
                    replies: ["/metrics": .status(200), "/healthz": .status(200), "/readyz": .status(503)]
                )
            ]
        )
        return container
    }

    /// One that was started by hand, and has ended.
    static var careless: ContainerEvidence {
        var container = ContainerEvidence(id: "e25ec6f8fd80", name: "bad", service: "bad")
        container.inspect = answer("careless.json")
        container.engine = answer("engine.json")
        return container
    }

    static func log(
        records: UInt64,
        structured: UInt64 = 0,
        traced: UInt64 = 0,
        redactions: [String: UInt64] = [:]
    ) -> LogEvidence {
        var log = LogEvidence()
        log.records = records
        log.structured = structured
        log.withTraceID = traced
        log.redactions = redactions
        return log
    }
}

extension ContainerEvidence {
    /// The same with one member of its inspection changed: `HostConfig.Memory`.
    func with(_ path: String, _ value: EngineAnswer) -> ContainerEvidence {
        var changed = self
        changed.inspect = inspect.setting(path.split(separator: ".").map { String($0) }[...], value)
        return changed
    }

    /// The same with a change.
    func with(_ change: (inout ContainerEvidence) -> Void) -> ContainerEvidence {
        var changed = self
        change(&changed)
        return changed
    }
}

extension EngineAnswer {
    /// JSON as an answer.
    static func json(_ text: String) -> EngineAnswer { EngineAnswer(text.utf8) }

    fileprivate func setting(_ path: ArraySlice<String>, _ value: EngineAnswer) -> EngineAnswer {
        guard let name = path.first else { return value }
        var members = Dictionary(uniqueKeysWithValues: self.members.map { ($0.name, $0.value) })
        members[name] = self[name].setting(path.dropFirst(), value)
        return .members(members)
    }
}
