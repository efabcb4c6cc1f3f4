/// Reads what `StateWriter` wrote; nil where the bytes end or are damaged, never a trap.
package struct StateReader {
    private let bytes: [UInt8]
    private var position = 0

    /// Reads from the beginning of some bytes.
    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// Whether everything has been read.
    package var isAtEnd: Bool { position == bytes.count }

    /// What has not been read yet.
    package var rest: [UInt8] { Array(bytes[position...]) }

    /// A number that is not negative.
    package mutating func unsigned() -> UInt64? {
        var value: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard position < bytes.count else { return nil }
            let byte = bytes[position]
            position += 1
            guard shift < 63 || byte <= 1 else { return nil }
            value |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return value }
        }
        return nil
    }

    /// A number of either sign.
    package mutating func signed() -> Int64? {
        guard let value = unsigned() else { return nil }
        return Int64(bitPattern: value >> 1) ^ -Int64(bitPattern: value & 1)
    }

    /// A number of things, each of which takes at least one byte.
    package mutating func count() -> Int? {
        guard let value = unsigned(), value <= UInt64(bytes.count - position) else { return nil }
        return Int(value)
    }

    /// A text with its length.
    package mutating func text() -> String? { slice().map { String(decoding: $0, as: UTF8.self) } }

    /// What one writer put into another.
    package mutating func block() -> StateReader? { slice().map { StateReader(Array($0)) } }

    private mutating func slice() -> ArraySlice<UInt8>? {
        guard let length = count() else { return nil }
        position += length
        return bytes[position - length..<position]
    }
}
