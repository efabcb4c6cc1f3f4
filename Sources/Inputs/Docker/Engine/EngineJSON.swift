internal import FoundationEssentials

/// The parts of the engine's JSON that we use, read leniently: a field that is missing or of another type is nil,
/// because Podman and engines of other versions leave out what they like.
package enum EngineJSON {
    /// One item of `GET /containers/json`.
    package struct Listed: Decodable, Sendable, Equatable {
        package var id: String?
        package var state: String?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case state = "State"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            id = fields.lenient(.id)
            state = fields.lenient(.state)
        }
    }

    /// `GET /containers/ID/json`.
    package struct Inspected: Decodable, Sendable {
        package var id: String?
        package var name: String?
        package var config: Config?
        package var state: State?
        package var hostConfig: HostConfig?

        private enum CodingKeys: String, CodingKey {
            case id = "Id"
            case name = "Name"
            case config = "Config"
            case state = "State"
            case hostConfig = "HostConfig"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            id = fields.lenient(.id)
            name = fields.lenient(.name)
            config = fields.lenient(.config)
            state = fields.lenient(.state)
            hostConfig = fields.lenient(.hostConfig)
        }
    }

    /// How the container was made.
    package struct Config: Decodable, Sendable {
        package var tty: Bool?
        package var image: String?
        package var labels: [String: String]?

        private enum CodingKeys: String, CodingKey {
            case tty = "Tty"
            case image = "Image"
            case labels = "Labels"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            tty = fields.lenient(.tty)
            image = fields.lenient(.image)
            labels = fields.lenient(.labels)
        }
    }

    /// What it does now.
    package struct State: Decodable, Sendable {
        package var running: Bool?
        package var finishedAt: String?

        private enum CodingKeys: String, CodingKey {
            case running = "Running"
            case finishedAt = "FinishedAt"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            running = fields.lenient(.running)
            finishedAt = fields.lenient(.finishedAt)
        }
    }

    /// How the host treats it.
    package struct HostConfig: Decodable, Sendable {
        package var logDriver: String?

        private enum CodingKeys: String, CodingKey {
            case logConfig = "LogConfig"
        }

        private enum LogKeys: String, CodingKey {
            case type = "Type"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            logDriver = (try? fields.nestedContainer(keyedBy: LogKeys.self, forKey: .logConfig))?.lenient(.type)
        }
    }

    /// One object of `GET /events`.
    package struct Event: Decodable, Sendable {
        package var action: String?
        package var id: String?

        private enum CodingKeys: String, CodingKey {
            case action = "Action"
            case status
            case id
            case actor = "Actor"
        }

        private enum ActorKeys: String, CodingKey {
            case id = "ID"
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            action = fields.lenient(.action) ?? fields.lenient(.status)
            let actor = try? fields.nestedContainer(keyedBy: ActorKeys.self, forKey: .actor)
            id = actor?.lenient(.id) ?? fields.lenient(.id)
        }
    }

    /// Decodes an answer; nil when it is not JSON of the right outer shape.
    package static func decode<Value: Decodable>(_ type: Value.Type, _ bytes: some Sequence<UInt8>) -> Value? {
        try? JSONDecoder().decode(type, from: Data(bytes))
    }
}

extension KeyedDecodingContainer {
    /// The value of a key, or nil when it is missing, null or of another type.
    fileprivate func lenient<Value: Decodable>(_ key: Key) -> Value? {
        (try? decodeIfPresent(Value.self, forKey: key)) ?? nil
    }
}
