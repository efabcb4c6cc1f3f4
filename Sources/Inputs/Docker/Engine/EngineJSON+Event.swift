extension EngineJSON {
    /// One object of `GET /events`.
    package struct Event: Decodable, Sendable {
        package var action: String?
        package var id: String?
        /// When it happened, nanoseconds since 1970 by the engine's clock.
        package var time: Int64?
        /// With `die`.
        package var exitCode: String?
        /// With `kill`: a number, or a name where the engine is Podman.
        package var signal: String?

        private enum CodingKeys: String, CodingKey {
            case action = "Action"
            case status
            case id
            case actor = "Actor"
            case timeNano
        }

        private enum ActorKeys: String, CodingKey {
            case id = "ID"
            case attributes = "Attributes"
        }

        private enum AttributeKeys: String, CodingKey {
            case exitCode
            case signal
        }

        package init(from decoder: any Decoder) throws {
            let fields = try decoder.container(keyedBy: CodingKeys.self)
            action = fields.lenient(.action) ?? fields.lenient(.status)
            time = fields.lenient(.timeNano)
            let actor = try? fields.nestedContainer(keyedBy: ActorKeys.self, forKey: .actor)
            id = actor?.lenient(.id) ?? fields.lenient(.id)
            let attributes = try? actor?.nestedContainer(keyedBy: AttributeKeys.self, forKey: .attributes)
            exitCode = attributes?.lenient(.exitCode)
            signal = attributes?.lenient(.signal)
        }
    }
}
