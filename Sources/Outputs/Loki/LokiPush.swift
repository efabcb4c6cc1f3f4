/// The body of a push, taken apart: streams and entries as places in its bytes.
///
/// Made from our own bodies only, when one has to be divided or looked for; the record path writes bodies without it.
struct LokiPush {
    /// Most bytes of a body before compression: what Loki itself takes is 100 MiB.
    static let bytesMax = 128 << 20

    /// One stream.
    struct Stream {
        /// The selector text (protobuf) or the object of labels (JSON).
        var labels: Range<Int>
        var entries: [Entry]
    }

    /// One entry.
    struct Entry {
        /// The message (protobuf) or the array (JSON) as a whole.
        var whole: Range<Int>
        /// Nanoseconds since 1970.
        var time: Int64
    }

    let encoding: LokiOptions.Encoding
    let bytes: [UInt8]
    var streams: [Stream]

    /// Takes a body apart; nil when it is not one of ours.
    init?(_ batch: SealedBatch) {
        guard let bytes = batch.expandedBody(limit: Self.bytesMax) else { return nil }
        self.bytes = bytes
        encoding = batch.encoding == "snappy" ? .protobuf : .json
        let streams = encoding == .protobuf ? try? Self.readProtobuf(bytes) : try? Self.readJSON(bytes)
        guard let streams else { return nil }
        self.streams = streams
    }

    /// Entries of all streams.
    var count: Int { streams.reduce(0) { $0 + $1.entries.count } }

    /// The bytes of a body with the given streams only.
    func body(of streams: [Stream]) -> [UInt8] {
        encoding == .protobuf ? protobufBody(streams) : jsonBody(streams)
    }

    /// A batch with the given streams only, otherwise like `batch`.
    func batch(of streams: [Stream], like batch: SealedBatch) -> SealedBatch? {
        let entries = streams.lazy.flatMap(\.entries)
        let oldest = entries.map(\.time).min() ?? batch.oldest
        return batch.replacingBody(
            body(of: streams),
            records: streams.reduce(0) { $0 + $1.entries.count },
            oldest: oldest
        )
    }
}
