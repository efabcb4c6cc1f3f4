/// A span id: 64 bits, never zero.
package struct SpanID: Hashable, Sendable {
    package let value: UInt64

    /// Makes an id; nil for zero, which every standard forbids.
    @inline(__always) package init?(_ value: UInt64) {
        guard value != 0 else { return nil }
        self.value = value
    }

    /// How many bytes `write` writes.
    package static let hexBytes = 16

    /// Writes 16 lower-case hexadecimal digits; `target` has room for them.
    @inline(__always) package func write(to target: UnsafeMutablePointer<UInt8>) {
        Hex.write(value, to: target)
    }
}
