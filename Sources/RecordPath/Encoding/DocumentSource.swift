/// What all documents of one source have in common, encoded once.
struct DocumentSource: ~Copyable {
    /// Longest text of an origin, bytes.
    static let maximumValueBytes = 1024

    let seed: DocumentID.Seed
    /// `,"host.name":"…",…}`: the end of every document.
    private(set) var tail = Arena(capacity: 512)

    init(_ origin: borrowing RedactedOrigin, _ plan: DocumentPlan) {
        let isOfThisRun = origin.input == InputKind.stdin.name || origin.input == InputKind.exec.name
        seed = DocumentID.Seed(host: plan.host, key: origin.key, run: isOfThisRun ? plan.run : "")
        let values: [(String, String?)] = [
            ("host.name", plan.host), ("container.id", origin.containerID), ("container.name", origin.container),
            ("container.image.name", origin.image), ("log.iostream", origin.stream), ("log.file.path", origin.path),
            ("systemd.unit", origin.unit),
        ]
        for (name, value) in values { put(name, value) }
        var taken: Set<String> = []
        for label in plan.labels {
            // Dots would make an object of it.
            let name = String(label.name.map { $0 == "." ? "_" : $0 })
            if !name.isEmpty, taken.insert(name).inserted { put("labels." + name, label.value) }
        }
        tail.put(UInt8(ascii: "}"))
    }

    private mutating func put(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        tail.put(UInt8(ascii: ","))
        tail.appendQuoted(name)
        tail.put(UInt8(ascii: ":"))
        tail.appendQuoted(Self.cut(value))
    }

    private static func cut(_ value: String) -> String {
        guard value.utf8.count > maximumValueBytes else { return value }
        var arena = Arena(capacity: value.utf8.count)
        arena.append(value)
        let kept = LineCut.boundary(UnsafePointer(arena.base), arena.count, maximumValueBytes)
        return String(decoding: arena.bytes[..<kept], as: UTF8.self)
    }
}
