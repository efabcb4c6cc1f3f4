extension Check {
    /// Whoever has the engine's socket has the host.
    static let engineSocket = Check(
        "no-engine-socket",
        .critical,
        "Does not have the engine's socket",
        why: "The socket starts privileged containers: whoever can write to it is root on the host, read-only or not.",
        mend: "leave the mount out; where the service must ask the engine, put a proxy between that allows GET alone",
        references: ["A-15.2.1", "CIS 5.32"]
    ) { container in
        let mounted = container.mountedPaths.first { source in
            sockets.contains { $0 == source || $0.hasPrefix(source == "/" ? "/" : source + "/") }
        }
        guard let mounted else { return .pass("no mount holds the engine's socket") }
        guard !container.isOwn else {
            return .finding("Mounts", "hold \(mounted): Martlet reads logs through it, and sends nothing but GET", .low)
        }
        return .finding("Mounts", "hold \(mounted)")
    }

    private static let sockets = [
        "/var/run/docker.sock", "/run/docker.sock", "/run/containerd/containerd.sock",
        "/var/run/containerd/containerd.sock",
        "/run/podman/podman.sock", "/var/run/podman/podman.sock", "/run/crio/crio.sock", "/var/run/crio/crio.sock",
    ]
}

extension ContainerEvidence {
    /// Paths of the host that are mounted into it, without a final slash.
    fileprivate var mountedPaths: [String] {
        let binds = hostConfig.Binds.texts.compactMap { $0.split(separator: ":").first.map { String($0) } }
        let paths = inspect.Mounts.list.compactMap(\.Source.text) + binds.filter { $0.hasPrefix("/") }
        return Set(paths.map { $0.count > 1 && $0.hasSuffix("/") ? String($0.dropLast()) : $0 }).sorted()
    }
}
