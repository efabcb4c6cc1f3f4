/// The streams that a worker serves, by small numbers, with what it remembers of each.
struct StreamTable: ~Copyable {
    /// Streams before the table starts anew.
    static let maximumStreams = 4096
    /// Names of services before new ones are `__other__`.
    static let maximumServices = 10_000
    static let unknownService = "unknown_service"

    var services = NameTable()
    private var states = Pool<StreamState>()
    /// The key of each stream.
    private(set) var keys: [String] = []
    private var indexOfID: [UInt64: Int] = [:]

    init(register: ServiceRegister? = nil) {
        // Number 0 is `unknown_service`, number 1 stands for the services beyond the limit.
        _ = services.number(Self.unknownService)
        _ = services.number(GoldenSignals.other)
        services.register = register
    }

    var count: Int { states.count }
    var isFull: Bool { states.count >= Self.maximumStreams }

    /// A stream's state; the pointer is good until the next `add` or `removeAll`.
    @inline(__always) func pointer(at index: Int) -> UnsafeMutablePointer<StreamState> { states.pointer(at: index) }

    func index(of stream: SourceStream) -> Int? { indexOfID[stream.id] }

    mutating func add(_ stream: SourceStream, origin: RedactedOrigin, scope: RedactionScope) -> Int {
        let name = stream.origin.declaredService ?? stream.origin.fallbackService ?? Self.unknownService
        let safe = origin.service ?? name
        let service = services.number(safe, limit: Self.maximumServices) ?? 1
        let index = states.append(
            StreamState(
                number: states.count,
                origin: origin,
                service: service,
                isDeclared: stream.origin.declaredService != nil,
                scope: scope
            )
        )
        indexOfID[stream.id] = index
        keys.append(stream.origin.key)
        return index
    }

    /// Forgets the shapes of all streams.
    mutating func forgetShapes() {
        for index in 0..<states.count { states.pointer(at: index).pointee.memory.forgetShapes() }
    }

    mutating func removeAll() {
        states.removeAll()
        keys.removeAll()
        indexOfID.removeAll()
    }
}

/// What a worker remembers of one stream.
struct StreamState: ~Copyable {
    /// The stream's place in the table.
    let number: Int
    let origin: RedactedOrigin
    /// The service of lines that name none.
    let service: UInt32
    /// The operator named the service: lines cannot change it.
    let isDeclared: Bool
    let input: InputKind
    /// Which redaction rules hold for the stream's service.
    let scope: RedactionScope
    var memory = LineMemory()
    /// The lines that may still become a longer record.
    var open = OpenRecord()
    /// Services that lines of this stream have named.
    var namedServices = 0

    init(number: Int, origin: RedactedOrigin, service: UInt32, isDeclared: Bool, scope: RedactionScope) {
        self.number = number
        self.scope = scope
        self.origin = origin
        self.service = service
        self.isDeclared = isDeclared
        input = InputKind(name: origin.input)
    }
}

/// The kinds of input, as a label.
package enum InputKind: UInt8, CaseIterable, Sendable {
    case docker, journald, files, stdin, exec, other

    init(name: String) {
        self = Self.allCases.first { $0.name == name } ?? .other
    }

    /// The label value.
    package var name: String { "\(self)" }
}

/// A stream's origin after redaction: what may become a label or metadata.
final class RedactedOrigin: Sendable {
    let input: String
    /// As the input gave it, not redacted: it may only be hashed.
    let key: String
    let service: String?
    let stream: String?
    let container: String?
    let containerID: String?
    let image: String?
    let unit: String?
    let path: String?
    let labels: [String: String]

    init(_ origin: SourceStream.Origin, _ redactor: inout Redactor) {
        func safe(_ text: String?) -> String? { text.map { redactor.redact(text: $0) } }
        input = origin.input
        key = origin.key
        service = safe(origin.declaredService ?? origin.fallbackService)
        stream = origin.stream
        container = safe(origin.container)
        containerID = origin.containerID
        image = safe(origin.image)
        unit = safe(origin.unit)
        path = safe(origin.path)
        labels = Dictionary(
            origin.labels.map { (redactor.redact(text: $0.key), redactor.redact(label: $0.key, $0.value)) },
            uniquingKeysWith: { first, _ in first }
        )
    }

    /// Structured metadata of every record of the stream (SPEC 4).
    var metadata: [(String, String)] {
        let all: [(String, String?)] = [
            ("container", container), ("container_id", containerID), ("image", image), ("stream", stream),
            ("unit", unit), ("source", input),
        ]
        return all.compactMap { name, value in value.map { (name, $0) } }
    }
}
