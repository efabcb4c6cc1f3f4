package import RecordPath

/// What a file's path tells about where its lines come from.
package enum FileOrigin {
    /// The origin of one stream of a file; `stream` is empty where the format has only one.
    package static func make(path: String, key: String, stream: String) -> SourceStream.Origin {
        let parts = path.split(separator: "/").map(String.init)
        var origin = SourceStream.Origin(
            input: "files",
            key: key,
            stream: stream.isEmpty ? nil : stream,
            path: path
        )
        if let pod = podFolder(parts) {
            fill(&origin, pod)
        } else if let container = dockerContainer(parts) {
            origin.containerID = container
            origin.fallbackService = String(container.prefix(12))
        } else if let link = containerLink(parts) {
            fill(&origin, link)
        } else if parts.count > 1 {
            origin.fallbackService = parts[parts.count - 2]
        }
        return origin
    }

    /// What Kubernetes says of a container.
    private struct Pod {
        var namespace: String
        var name: String
        var uid: String?
        var container: String
        var containerID: String?
    }

    private static func fill(_ origin: inout SourceStream.Origin, _ pod: Pod) {
        origin.container = pod.container
        origin.containerID = pod.containerID
        origin.fallbackService = pod.container
        origin.labels = [
            "io.kubernetes.pod.namespace": pod.namespace, "io.kubernetes.pod.name": pod.name,
            "io.kubernetes.container.name": pod.container,
        ]
        if let uid = pod.uid { origin.labels["io.kubernetes.pod.uid"] = uid }
    }

    /// The names in `…/pods/<namespace>_<pod>_<uid>/<container>/<n>.log`.
    private static func podFolder(_ parts: [String]) -> Pod? {
        guard parts.count >= 4, parts[parts.count - 4] == "pods" else { return nil }
        let names = parts[parts.count - 3].split(separator: "_").map(String.init)
        guard names.count == 3 else { return nil }
        return Pod(namespace: names[0], name: names[1], uid: names[2], container: parts[parts.count - 2])
    }

    /// The id in `…/containers/<64 hex>/<64 hex>-json.log` and its rotated names.
    private static func dockerContainer(_ parts: [String]) -> String? {
        guard parts.count >= 3, parts[parts.count - 3] == "containers" else { return nil }
        let folder = parts[parts.count - 2]
        guard isContainerID(folder), let file = parts.last, file.hasPrefix("\(folder)-json.log") else { return nil }
        return folder
    }

    /// The names in `…/containers/<pod>_<namespace>_<container>-<64 hex>.log`.
    private static func containerLink(_ parts: [String]) -> Pod? {
        guard parts.count >= 2, parts[parts.count - 2] == "containers", let file = parts.last, file.hasSuffix(".log")
        else { return nil }
        let names = file.dropLast(4).split(separator: "_", maxSplits: 2)
        guard names.count == 3, let dash = names[2].lastIndex(of: "-") else { return nil }
        let id = String(names[2][names[2].index(after: dash)...])
        let container = String(names[2][..<dash])
        guard isContainerID(id), !container.isEmpty else { return nil }
        return Pod(namespace: String(names[1]), name: String(names[0]), container: container, containerID: id)
    }

    private static func isContainerID(_ text: String) -> Bool {
        text.utf8.count == 64 && text.utf8.allSatisfy { (0x30...0x39).contains($0) || (0x61...0x66).contains($0) }
    }
}
