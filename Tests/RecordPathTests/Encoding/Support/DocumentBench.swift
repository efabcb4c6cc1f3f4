import RecordPath
import Testing

/// Runs lines through a record path that writes documents, and reads what comes out.
struct DocumentBench: ~Copyable {
    /// A document with its action line.
    struct Stored {
        var id: String
        var document: StrictJSONDocument
        /// The document's line.
        var text: String

        subscript(name: String) -> StrictJSONDocument? { document[name] }
        var attributes: StrictJSONDocument? { document["attributes"] }
        var texts: [String] { (document["attributes_text"]?.elements ?? []).compactMap(\.text) }
        var message: String? { document["message"]?.text }
    }

    static let time: Int64 = 1_795_261_057_000_000_000
    static let plan = DocumentPlan(bulk: true, archive: true, host: "host-1")

    private static let names = CanonicalNames(adding: [])
    private static let lexicon = FieldLexicon(
        sense: { path in
            let name = names.name(ofPath: path)
            return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
        },
        verdict: { _ in 0 }
    )
    private static let policy = RedactionPolicy()

    var path: RecordPath
    private let stream: SourceStream
    private var position: UInt64 = 0

    init(_ plan: DocumentPlan = plan, origin: SourceStream.Origin? = nil) {
        path = RecordPath(RecordPlan(lexicon: Self.lexicon, redaction: Self.policy, documents: plan))
        stream = SourceStream(
            origin ?? SourceStream.Origin(input: "docker", key: "docker:c1:stdout", fallbackService: "shop")
        )
    }

    /// What one line becomes.
    mutating func document(_ line: String, isCut: Bool = false) throws -> Stored {
        try #require(documents([Array(line.utf8)], isCut: isCut).first)
    }

    /// What a line becomes when its shape was learnt from earlier ones.
    mutating func documentByShape(_ line: String) throws -> Stored {
        try #require(documents(Array(repeating: Array(line.utf8), count: 5)).last)
    }

    /// What lines become; checks that both framings hold the same documents.
    mutating func documents(_ lines: [[UInt8]], isCut: Bool = false) throws -> [Stored] {
        process(lines, isCut: isCut)
        #expect(path.pending(.opensearch).records == lines.count)
        let bulk = Self.lines(take(.opensearch))
        let archive = Self.lines(take(.archive))
        try #require(bulk.count == lines.count * 2 && archive.count == lines.count)
        return try archive.indices.map { index in
            #expect(bulk[index * 2 + 1] == archive[index])
            let action = try StrictJSONDocument.parse(bulk[index * 2])
            #expect(action.names == ["create"] && action["create"]?.names == ["_id"])
            return Stored(
                id: action["create"]?["_id"]?.text ?? "",
                document: try StrictJSONDocument.parse(archive[index]),
                text: String(decoding: archive[index], as: UTF8.self)
            )
        }
    }

    /// Lines that stand behind each other in the source.
    mutating func process(_ lines: [[UInt8]], isCut: Bool = false, time: Int64 = time) {
        let batch = RecordBatch()
        let index = batch.add(stream: stream)
        for line in lines {
            position += 1
            line.withUnsafeBufferPointer {
                batch.append($0, stream: index, time: time, identity: (position, 0), isCut: isCut)
            }
        }
        path.process(batch)
    }

    mutating func take(_ kind: EncoderKind) -> [UInt8] {
        var body = Arena()
        path.take(kind, into: &body)
        return body.bytes
    }

    mutating func takeAppending(_ kind: EncoderKind, to body: inout Arena) { path.take(kind, into: &body) }

    /// The lines of a body, which has to end in a newline.
    static func lines(_ body: [UInt8]) -> [[UInt8]] {
        guard let last = body.last else { return [] }
        #expect(last == 0x0A)
        return body.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map(Array.init)
    }
}
