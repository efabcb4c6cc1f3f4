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
        putLabels(plan.labels)
        tail.put(UInt8(ascii: "}"))
    }

    /// An object of its own, not dotted names: the mapping of `labels` is a `flat_object`.
    private mutating func putLabels(_ labels: [(name: String, value: String)]) {
        let start = tail.count
        tail.put(",\"labels\":")
        let body = tail.count
        var taken: Set<[UInt8]> = []
        for label in labels {
            let name = Array(label.name.utf8).withUnsafeBufferPointer { AttributeName.name($0) }
            if taken.insert(name).inserted { put(String(decoding: name, as: UTF8.self), label.value) }
        }
        guard tail.count > body else { return tail.truncate(to: start) }
        tail.base[body] = UInt8(ascii: "{")
        tail.put(UInt8(ascii: "}"))
    }

    private mutating func put(_ name: String, _ value: String?) {
        guard let value, !value.isEmpty else { return }
        tail.put(UInt8(ascii: ","))
        tail.appendQuoted(name)
        tail.put(UInt8(ascii: ":"))
        tail.appendQuoted(Self.cut(value))
    }

    /// The beginning of a text that is too long for a keyword.
    static func cut(_ value: String) -> String {
        guard value.utf8.count > maximumValueBytes else { return value }
        var arena = Arena(capacity: value.utf8.count)
        arena.append(value)
        let kept = LineCut.boundary(UnsafePointer(arena.base), arena.count, maximumValueBytes)
        return String(decoding: arena.bytes[..<kept], as: UTF8.self)
    }
}
