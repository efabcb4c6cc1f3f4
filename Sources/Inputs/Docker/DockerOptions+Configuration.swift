package import Settings

extension DockerOptions {
    /// Reads `inputs.docker`.
    package init(reading reader: ConfigurationReader) {
        let standard = DockerOptions()
        self.init(
            socket: Self.socket(reader) ?? standard.socket,
            include: Self.patterns(reader, "include"),
            exclude: Self.patterns(reader, "exclude"),
            start: Self.start(reader) ?? standard.start,
            stats: reader.duration("stats", default: standard.stats),
            read: reader.choice("read", default: standard.read)
        )
    }

    private static func socket(_ reader: ConfigurationReader) -> EngineAddress? {
        guard let text = reader.optionalString("socket") else { return nil }
        do throws(EngineAddress.Failure) {
            return try EngineAddress.parse(text)
        } catch {
            let (problem, advice) = explain(error)
            reader.report("socket", problem, advice)
            return nil
        }
    }

    private static func explain(_ failure: EngineAddress.Failure) -> (problem: String, advice: String) {
        switch failure {
        case .unknownScheme: ("is no address of an engine", "write unix:///var/run/docker.sock or tcp://HOST:2375")
        case .noPath: ("has no absolute path", "write unix:///var/run/docker.sock, with three slashes")
        case .pathTooLong: ("is longer than the 107 bytes that a socket's path may have", "use a shorter path")
        case .noHost: ("names no host", "write tcp://HOST:2375")
        case .badPort: ("has no valid port", "write a port from 1 to 65535, as in tcp://HOST:2375")
        case .needsTLS: ("asks for TLS, which this input does not speak yet", "write tcp://HOST:2375 or a unix socket")
        }
    }

    private static func start(_ reader: ConfigurationReader) -> Start? {
        switch reader.optionalString("start") {
        case nil: return nil
        case "beginning": return .beginning
        case "now": return .now
        case let text?:
            if let duration = DurationText.parse(text) { return .ago(duration) }
            reader.report("start", "is no place to start from", "write beginning, now, or a duration such as 15m")
            return nil
        }
    }

    private static func patterns(_ reader: ConfigurationReader, _ key: String) -> [ContainerPattern] {
        reader.children(key).compactMap { item in
            let pattern = ContainerPattern(
                name: item.optionalString("name").map { Glob($0) },
                image: item.optionalString("image").map { Glob($0) },
                label: label(item)
            )
            let isEmpty = pattern == ContainerPattern()
            if isEmpty, item.isPresent, item.keys.isEmpty {
                item.reportSelf("names nothing", "write name, image or label")
            }
            return isEmpty ? nil : pattern
        }
    }

    private static func label(_ item: ConfigurationReader) -> ContainerPattern.Label? {
        guard let text = item.optionalString("label") else { return nil }
        if let label = ContainerPattern.Label(text) { return label }
        item.report("label", "has no key", "write KEY or KEY=VALUE")
        return nil
    }
}
