/// The form of one batch in a segment.
struct BatchFrame: Equatable {
    static let headerBytes = 32
    static let magic: UInt32 = 0x3142_4C4D

    var payloadBytes: Int
    var sequence: UInt64
    var recordsBefore: UInt64
    var records: UInt32
    private var crc: UInt32

    /// Bytes of header, payload and padding.
    var frameBytes: Int { (Self.headerBytes + payloadBytes + 7) & ~7 }

    /// Bytes that a batch takes with header and padding.
    static func bytes(of batch: StoredBatch) -> Int {
        (headerBytes + 4 + batch.head.count + batch.body.count + 7) & ~7
    }

    /// Appends a batch; nothing is allocated once `out` has grown to the size of a commit.
    static func append(_ batch: StoredBatch, recordsBefore: UInt64, salt: UInt64, to out: inout ByteWriter) {
        let start = out.bytes.count
        out.fixed(magic)
        out.fixed(UInt32(4 + batch.head.count + batch.body.count))
        out.fixed(batch.sequence)
        out.fixed(recordsBefore)
        out.fixed(batch.records)
        out.fixed(UInt32(0))
        out.fixed(UInt32(batch.head.count))
        out.raw(batch.head)
        out.raw(batch.body)
        let crc = out.bytes.withUnsafeBytes { bytes in
            sum(
                UnsafeRawBufferPointer(rebasing: bytes[(start + 4)..<(start + 28)]),
                UnsafeRawBufferPointer(rebasing: bytes[(start + headerBytes)...]),
                salt
            )
        }
        out.patch(crc, at: start + 28)
        out.pad()
    }

    /// Reads the fixed part; nil when it cannot be one.
    init?(header raw: UnsafeRawBufferPointer) {
        guard raw.count >= Self.headerBytes else { return nil }
        func word(_ offset: Int) -> UInt32 {
            UInt32(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
        }
        func long(_ offset: Int) -> UInt64 { UInt64(word(offset)) | UInt64(word(offset + 4)) << 32 }
        guard word(0) == Self.magic, word(4) >= 4, word(4) <= SpoolLimits.payloadBytes else { return nil }
        payloadBytes = Int(word(4))
        sequence = long(8)
        recordsBefore = long(16)
        records = word(24)
        crc = word(28)
    }

    /// The batch in header and payload; nil when the sum does not hold.
    func batch(header: UnsafeRawBufferPointer, payload: UnsafeRawBufferPointer, salt: UInt64) -> StoredBatch? {
        guard payload.count == payloadBytes,
            Self.sum(UnsafeRawBufferPointer(rebasing: header[4..<28]), payload, salt) == crc
        else { return nil }
        let head = Int(UInt32(littleEndian: payload.loadUnaligned(as: UInt32.self)))
        guard head <= payload.count - 4 else { return nil }
        return StoredBatch(
            sequence: sequence,
            records: records,
            head: Array(payload[4..<(4 + head)]),
            body: Array(payload[(4 + head)...])
        )
    }

    private static func sum(
        _ header: UnsafeRawBufferPointer,
        _ payload: UnsafeRawBufferPointer,
        _ salt: UInt64
    )
        -> UInt32
    {
        var crc = CRC32C(salt: salt)
        crc.add(header)
        crc.add(payload)
        return crc.value
    }
}
