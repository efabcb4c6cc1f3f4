/// The first 64 bytes of a segment or of a slot of the commit log; their form never changes.
struct FileHeader: Equatable {
    /// What a file is.
    enum Kind: UInt32 {
        case segment = 1
        case log = 2
    }

    /// Why bytes are no header.
    enum Problem: Error, Equatable {
        case damaged
        case newer(UInt32)
    }

    static let bytes = 64
    static let version: UInt32 = 1
    private static let magic: UInt64 = 0x5354_454C_5452_414D

    var kind: Kind
    /// Segment number or generation.
    var number: UInt64
    /// First sequence or frame number.
    var first: UInt64
    /// Records of the lane before the first batch.
    var recordsBefore: UInt64 = 0
    var salt: UInt64
    /// Nanoseconds since 1970.
    var madeAt: Int64

    /// The 64 bytes.
    func encoded(version: UInt32 = Self.version) -> [UInt8] {
        var out = ByteWriter()
        out.fixed(Self.magic)
        out.fixed(version)
        out.fixed(kind.rawValue)
        out.fixed(number)
        out.fixed(first)
        out.fixed(recordsBefore)
        out.fixed(salt)
        out.fixed(UInt64(bitPattern: madeAt))
        out.fixed(UInt32(0))
        var crc = CRC32C()
        out.bytes.withUnsafeBytes { crc.add($0) }
        out.fixed(crc.value)
        return out.bytes
    }

    /// Reads a header of the kind that the file must have.
    static func decode(_ bytes: [UInt8], _ kind: Kind) throws(Problem) -> FileHeader {
        guard bytes.count >= Self.bytes else { throw .damaged }
        return try bytes.withUnsafeBufferPointer { buffer throws(Problem) in
            try decode(UnsafeRawBufferPointer(buffer), kind)
        }
    }

    private static func decode(_ raw: UnsafeRawBufferPointer, _ kind: Kind) throws(Problem) -> FileHeader {
        func word(_ offset: Int) -> UInt64 {
            UInt64(littleEndian: raw.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
        }
        var crc = CRC32C()
        crc.add(UnsafeRawBufferPointer(rebasing: raw[..<60]))
        let version = UInt32(truncatingIfNeeded: word(8))
        guard word(0) == magic, UInt32(truncatingIfNeeded: word(56) >> 32) == crc.value else { throw .damaged }
        guard version <= Self.version else { throw .newer(version) }
        guard version > 0, UInt32(truncatingIfNeeded: word(8) >> 32) == kind.rawValue else { throw .damaged }
        return FileHeader(
            kind: kind,
            number: word(16),
            first: word(24),
            recordsBefore: word(32),
            salt: word(40),
            madeAt: Int64(bitPattern: word(48))
        )
    }
}
