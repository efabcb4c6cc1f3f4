import Outputs
import Spool

extension StoredBatch {
    /// Version of the head.
    private static let version: UInt64 = 1

    /// A sealed batch as a lane keeps it (`docs/formats/spool.md`).
    package init(_ batch: SealedBatch) {
        var head = ByteWriter()
        head.varint(Self.version)
        head.varint(UInt64(batch.rawBytes))
        head.signed(batch.oldest)
        head.varint(UInt64(batch.headers.count))
        for (name, value) in batch.headers {
            head.text(name)
            head.text(value)
        }
        self.init(records: UInt32(clamping: batch.records), head: head.bytes, body: batch.body)
    }

    /// The batch to be sent; nil when the head is not one of ours.
    var sealed: SealedBatch? {
        var reader = ByteReader(head[...])
        do throws(ByteReader.Damage) {
            guard try reader.varint() == Self.version else { return nil }
            let rawBytes = Int(clamping: try reader.varint())
            let oldest = try reader.signed()
            var headers: [(name: String, value: String)] = []
            for _ in 0..<(try reader.count(size: 2)) { headers.append((try reader.text(), try reader.text())) }
            return SealedBatch(
                body: body,
                headers: headers,
                records: Int(records),
                rawBytes: rawBytes,
                oldest: oldest
            )
        } catch {
            return nil
        }
    }
}
