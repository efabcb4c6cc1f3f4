/// Writes numbers as few bytes: seven bits a byte, the lowest first, the top bit set where more follow.
package struct StateWriter {
    /// What has been written.
    package private(set) var bytes: [UInt8] = []

    /// Makes an empty writer.
    package init() {}

    /// Writes a number that is not negative.
    package mutating func put(_ value: UInt64) {
        var rest = value
        while rest >= 0x80 {
            bytes.append(UInt8(truncatingIfNeeded: rest) | 0x80)
            rest >>= 7
        }
        bytes.append(UInt8(rest))
    }

    /// Writes a number of either sign.
    package mutating func put(_ value: Int64) { put(UInt64(bitPattern: value << 1 ^ value >> 63)) }

    /// Writes a text with its length.
    package mutating func put(_ text: String) {
        put(UInt64(text.utf8.count))
        bytes += text.utf8
    }

    /// Writes bytes with their length.
    package mutating func put(_ block: [UInt8]) {
        put(UInt64(block.count))
        bytes += block
    }

    /// Writes what another writer holds, with its length, so that a reader can step over it.
    package mutating func put(_ block: StateWriter) {
        put(UInt64(block.bytes.count))
        bytes += block.bytes
    }
}
