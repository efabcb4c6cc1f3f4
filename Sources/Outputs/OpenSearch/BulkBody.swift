/// The body of a bulk request, taken apart into its documents.
///
/// Made from our own bodies only, when some of the documents went another way than the others.
struct BulkBody {
    /// Most bytes before compression: OpenSearch takes 100 MiB.
    static let bytesMax = 128 << 20

    /// One document: the line with the action and the line with the source, newlines included.
    struct Document {
        var action: Range<Int>
        var source: Range<Int>
    }

    let bytes: [UInt8]
    let documents: [Document]

    /// Takes a body apart; nil when it is not one of ours.
    init?(_ batch: SealedBatch) {
        guard let bytes = batch.expandedBody(limit: Self.bytesMax), bytes.last == UInt8(ascii: "\n") else { return nil }
        var documents: [Document] = []
        var action: Range<Int>?
        var start = 0
        for line in bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).dropLast() {
            let range = start..<line.endIndex + 1
            start = range.upperBound
            if let known = action {
                documents.append(Document(action: known, source: range))
                action = nil
            } else {
                action = range
            }
        }
        guard action == nil, documents.count == batch.records else { return nil }
        self.bytes = bytes
        self.documents = documents
    }

    /// The `_id` of a document; nil when it has none.
    func id(of document: Document) -> String? {
        var id: String?
        var reader = JSONReader(bytes[document.action])
        try? reader.object { (_, reader) throws(JSONError) in
            try reader.object { (key, reader) throws(JSONError) in
                if key == "_id" { id = try reader.string() } else { try reader.skip() }
            }
        }
        return id
    }

    /// A batch of some of the documents, otherwise like `batch`; those of `renamed` get another `_id`.
    func batch(of places: [Int], renamed: Set<Int> = [], like batch: SealedBatch) -> SealedBatch? {
        var body: [UInt8] = []
        for place in places {
            let document = documents[place]
            if renamed.contains(place), let id = id(of: document) {
                body += "{\"create\":{\"_id\":\(JSONText.quoted(id + "-2"))}}\n".utf8
            } else {
                body += bytes[document.action]
            }
            body += bytes[document.source]
        }
        return batch.replacingBody(body, records: places.count, oldest: batch.oldest)
    }
}
