/// Reads what `ByteWriter` wrote; every length is checked before use.
package struct ByteReader {
    /// Bytes that are not what they should be.
    package struct Damage: Error, Equatable {
        /// Makes one.
        package init() {}
    }

    private let bytes: ArraySlice<UInt8>
    private var position: Int

    /// Reads bytes from their start.
    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// Whether everything was read.
    package var isAtEnd: Bool { position == bytes.endIndex }

    /// What was not read yet.
    package var rest: ArraySlice<UInt8> { bytes[position...] }

    /// One byte.
    mutating func byte() throws(Damage) -> UInt8 {
        guard position < bytes.endIndex else { throw Damage() }
        defer { position += 1 }
        return bytes[position]
    }

    /// A number of variable length.
    package mutating func varint() throws(Damage) -> UInt64 {
        var number: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 64, by: 7) {
            let next = try byte()
            guard shift < 63 || next < 2 else { throw Damage() }
            number |= UInt64(next & 0x7F) << shift
            if next < 0x80 { return number }
        }
        throw Damage()
    }

    /// A number of either sign.
    package mutating func signed() throws(Damage) -> Int64 {
        let number = try varint()
        return Int64(bitPattern: number >> 1) ^ -Int64(bitPattern: number & 1)
    }

    /// How many things follow, each at least `size` bytes long: never more than there can be.
    package mutating func count(size: Int = 1) throws(Damage) -> Int {
        let number = try varint()
        guard number <= UInt64(bytes.endIndex - position) / UInt64(size) else { throw Damage() }
        return Int(number)
    }

    /// A text with its length.
    package mutating func text() throws(Damage) -> String { String(decoding: try slice(), as: UTF8.self) }

    /// Bytes with their length.
    package mutating func block() throws(Damage) -> [UInt8] { Array(try slice()) }

    private mutating func slice() throws(Damage) -> ArraySlice<UInt8> {
        let length = try count()
        defer { position += length }
        return bytes[position..<position + length]
    }
}
