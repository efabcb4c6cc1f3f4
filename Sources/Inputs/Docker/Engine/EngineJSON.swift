internal import FoundationEssentials

/// The parts of the engine's JSON that we use, read leniently: a field that is missing or of another type is nil,
/// because Podman and engines of other versions leave out what they like.
package enum EngineJSON {
    /// One item of `GET /containers/json`.
    package struct Listed: Decodable, Sendable, Equatable {
        @Lenient package var id: String?
        @Lenient package var state: String?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case state = "State"
        }
    }

    /// `GET /containers/ID/json`.
    package struct Inspected: Decodable, Sendable {
        @Lenient package var id: String?
        @Lenient package var name: String?
        @Lenient package var config: Config?
        @Lenient package var state: State?
        @Lenient package var hostConfig: HostConfig?
        @Lenient package var created: String?
        @Lenient package var restartCount: Int?
        @Lenient package var logPath: String?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case name = "Name"
            case created = "Created"
            case restartCount = "RestartCount"
            case logPath = "LogPath"
            case config = "Config"
            case state = "State"
            case hostConfig = "HostConfig"
        }
    }

    /// How the container was made.
    package struct Config: Decodable, Sendable {
        @Lenient package var tty: Bool?
        @Lenient package var image: String?
        @Lenient package var labels: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case tty = "Tty"
            case image = "Image"
            case labels = "Labels"
        }
    }

    /// What it does now.
    package struct State: Decodable, Sendable {
        @Lenient package var running: Bool?
        @Lenient package var restarting: Bool?
        @Lenient package var oomKilled: Bool?
        @Lenient package var exitCode: Int?
        @Lenient package var startedAt: String?
        @Lenient package var finishedAt: String?

        private enum CodingKeys: String, CodingKey {
            case running = "Running"
            case restarting = "Restarting"
            case oomKilled = "OOMKilled"
            case exitCode = "ExitCode"
            case startedAt = "StartedAt"
            case finishedAt = "FinishedAt"
        }
    }

    /// How the host treats it.
    package struct HostConfig: Decodable, Sendable {
        package var logDriver: String?
        package var logOptions: [String: String]?
        package var nanoCPUs: Int64?
        package var cpuQuota: Int64?
        package var cpuPeriod: Int64?
        package var memory: Int64?
        package var pidsLimit: Int64?

        private enum CodingKeys: String, CodingKey {
            case logConfig = "LogConfig"
            case nanoCPUs = "NanoCpus"
            case cpuQuota = "CpuQuota"
            case cpuPeriod = "CpuPeriod"
            case memory = "Memory"
            case pidsLimit = "PidsLimit"
        }

        private enum LogKeys: String, CodingKey {
            case type = "Type"
            case options = "Config"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            let log = try? fields.nestedContainer(keyedBy: LogKeys.self, forKey: .logConfig)
            logDriver = log?.lenient(.type)
            logOptions = log?.lenient(.options)
            nanoCPUs = fields.lenient(.nanoCPUs)
            cpuQuota = fields.lenient(.cpuQuota)
            cpuPeriod = fields.lenient(.cpuPeriod)
            memory = fields.lenient(.memory)
            pidsLimit = fields.lenient(.pidsLimit)
        }
    }

    /// Decodes an answer; nil when it is not JSON of the right outer shape.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: some Sequence<UInt8>) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension KeyedDecodingContainer {
    /// The value of a key, or nil when it is missing, null or of another type.
    func lenient<Value: Decodable>(_ key: Key) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
    }
}
