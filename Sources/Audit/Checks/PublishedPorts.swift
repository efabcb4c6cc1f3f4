extension Check {
    /// Who can reach it from outside.
    static let publishedPorts = Check(
        "published-ports",
        .medium,
        "Publishes no port to all addresses",
        why: "A published port goes past the host's firewall: what was meant for the proxy is open to the network.",
        mend: "ports: [\"127.0.0.1:8080:8080\"], or expose: behind a proxy on the same network",
        references: ["A-4.4.1", "B-9", "CIS 5.8", "CIS 5.14"]
    ) { container in
        if container.hostConfig.NetworkMode.text == "host" {
            return .finding("HostConfig.NetworkMode", "is host: every port that it opens is the host's")
        }
        let open = container.openPorts
        guard !open.isEmpty else { return .pass("no port is published to all addresses") }
        let isPrivate = open.contains { privatePorts.contains(Int($0.port.prefix { $0.isNumber }) ?? 0) }
        let list = open.map { "\($0.port) to \($0.address)" }.joined(separator: ", ")
        return .finding("NetworkSettings.Ports", "publishes \(list)", isPrivate ? .high : nil)
    }

    /// Shells, engines, databases and queues: never meant for the network.
    private static let privatePorts: Set = [
        22, 23, 1433, 1521, 2181, 2375, 2376, 2379, 3306, 5432, 5601, 5672, 5984, 6379, 8086, 9042, 9092, 9200, 11211,
        15672, 27017,
    ]
}

extension ContainerEvidence {
    /// Ports that are published to every address; as they are while it runs, else as they were asked for.
    fileprivate var openPorts: [(port: String, address: String)] {
        let effective = inspect.NetworkSettings.Ports.members
        let bindings = isRunning && !effective.isEmpty ? effective : hostConfig.PortBindings.members
        return bindings.flatMap { port, hosts in
            hosts.list.compactMap { host -> (port: String, address: String)? in
                let address = host.HostIp.text ?? ""
                guard ["", "0.0.0.0", "::"].contains(address) else { return nil }
                return (port, "\(address.isEmpty ? "0.0.0.0" : address):\(host.HostPort.text ?? "")")
            }
        }
    }
}
