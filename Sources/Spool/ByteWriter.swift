/// Appends numbers and texts to bytes, in the forms of `docs/formats/spool.md`.
package struct ByteWriter {
    /// Everything written so far.
    package private(set) var bytes: [UInt8] = []

    /// Starts with nothing.
    package init() {}

    /// Forgets what was written and keeps the memory, when it is no more than this.
    mutating func removeAll(keeping limit: Int = .max) { bytes.removeAll(keepingCapacity: bytes.capacity <= limit) }

    /// A number of fixed length, little-endian.
    mutating func fixed<Number: FixedWidthInteger>(_ number: Number) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// A number of variable length.
    package mutating func varint(_ number: UInt64) {
        var rest = number
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(truncatingIfNeeded: rest))
    }

    /// A number of either sign.
    package mutating func signed(_ number: Int64) { varint(UInt64(bitPattern: (number << 1) ^ (number >> 63))) }

    /// A text with its length.
    package mutating func text(_ text: String) {
        var text = text
        text.withUTF8 { utf8 in
            varint(UInt64(utf8.count))
            bytes.append(contentsOf: utf8)
        }
    }

    /// Bytes with their length.
    package mutating func block(_ block: [UInt8]) {
        varint(UInt64(block.count))
        bytes.append(contentsOf: block)
    }

    /// Bytes as they are.
    mutating func raw(_ more: [UInt8]) { bytes.append(contentsOf: more) }

    /// Zeros up to a multiple of 8.
    mutating func pad() {
        while bytes.count & 7 != 0 { bytes.append(0) }
    }

    /// Overwrites a number of fixed length.
    mutating func patch<Number: FixedWidthInteger>(_ number: Number, at offset: Int) {
        bytes.withUnsafeMutableBytes { $0.storeBytes(of: number.littleEndian, toByteOffset: offset, as: Number.self) }
    }
}
