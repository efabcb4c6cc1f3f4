/// Where a container may speak HTTP, as seen from the host of its engine.
package struct ProbeTargets: Sendable, Equatable {
    /// More are not asked.
    private static let most = 8
    /// What speaks something else there would only log complaints about us.
    private static let others: Set = [
        21, 22, 23, 25, 53, 110, 143, 389, 465, 587, 636, 873, 993, 995, 1433, 1521, 2181, 2379, 2380, 3306, 4222, 5432,
        5672, 5671, 6379, 6380, 7000, 7001, 9042, 9092, 9093, 11211, 27017, 27018, 50051,
    ]

    /// `HOST:PORT`, ready for a URL.
    package let addresses: [String]

    /// Reads `GET /containers/ID/json`; `engineHost` is where published ports are: 127.0.0.1 for an engine's socket.
    package init(_ inspect: EngineAnswer, engineHost: String) {
        var found: [String] = []
        let ports = inspect.NetworkSettings.Ports.members
        for (port, bindings) in ports where Self.mayBeHTTP(port) {
            let published = bindings.list.compactMap { Self.address($0, engineHost) }
            found += published.isEmpty ? Self.inside(inspect, port) : [published[0]]
        }
        if inspect.HostConfig.NetworkMode.text == "host" {
            for (port, _) in inspect.Config.ExposedPorts.members where Self.mayBeHTTP(port) {
                found.append("\(engineHost):\(Self.number(port))")
            }
        }
        var seen: Set<String> = []
        addresses = Array(found.filter { seen.insert($0).inserted }.prefix(Self.most))
    }

    private static func mayBeHTTP(_ port: String) -> Bool {
        let number = number(port)
        return number > 0 && number < 65_536 && !port.hasSuffix("/udp") && !port.hasSuffix("/sctp")
            && !others.contains(number)
    }

    private static func number(_ port: String) -> Int { Int(port.prefix { $0 != "/" }) ?? 0 }

    private static func address(_ binding: EngineAnswer, _ engineHost: String) -> String? {
        guard let port = binding.HostPort.text.flatMap({ Int($0) }), port > 0, port < 65_536 else { return nil }
        let host = binding.HostIp.text ?? ""
        guard !["", "0.0.0.0", "::"].contains(host) else { return "\(engineHost):\(port)" }
        return host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
    }

    /// Its own addresses, for a port that is not published.
    private static func inside(_ inspect: EngineAnswer, _ port: String) -> [String] {
        inspect.NetworkSettings.Networks.members.compactMap(\.value.IPAddress.text)
            .filter { !$0.isEmpty && $0.allSatisfy { $0.isNumber || $0 == "." } }
            .map { "\($0):\(number(port))" }
    }
}
