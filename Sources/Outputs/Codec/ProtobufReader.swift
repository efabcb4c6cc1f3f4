/// Reads the fields of one protobuf message, front to back.
///
/// For our own bodies, so it knows what they hold: varints and length-delimited fields; fixed ones are passed over.
struct ProtobufReader {
    /// One field.
    enum Field: Equatable {
        case varint(number: Int, value: UInt64)
        /// `range` is where its contents stand.
        case bytes(number: Int, range: Range<Int>)
    }

    private let bytes: [UInt8]
    private(set) var position: Int
    private let end: Int

    /// Begins at a message that fills `range` of `bytes`; the range must lie inside.
    init(_ bytes: [UInt8], _ range: Range<Int>) {
        self.bytes = bytes
        position = range.lowerBound
        end = range.upperBound
    }

    /// The next field; nil at the end.
    mutating func next() throws(ProtobufError) -> Field? {
        while position < end {
            let tag = try varint()
            let number = Int(truncatingIfNeeded: tag >> 3)
            guard number > 0, number < 1 << 29 else { throw ProtobufError() }
            switch tag & 7 {
            case 0: return .varint(number: number, value: try varint())
            case 1: try pass(8)
            case 2:
                let length = try varint()
                guard length <= UInt64(end - position) else { throw ProtobufError() }
                let start = position
                position += Int(length)
                return .bytes(number: number, range: start..<position)
            case 5: try pass(4)
            default: throw ProtobufError()
            }
        }
        return nil
    }

    private mutating func pass(_ length: Int) throws(ProtobufError) {
        guard end - position >= length else { throw ProtobufError() }
        position += length
    }

    private mutating func varint() throws(ProtobufError) -> UInt64 {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < end else { throw ProtobufError() }
            let byte = bytes[position]
            position += 1
            // The tenth byte has room for one bit.
            guard shift < 63 || byte <= 1 else { throw ProtobufError() }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        throw ProtobufError()
    }
}
