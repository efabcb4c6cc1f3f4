/// A trace id: 128 bits, never all zero.
package struct TraceID: Hashable, BitwiseCopyable, Sendable {
    package let high: UInt64
    package let low: UInt64

    /// Makes an id; nil for all zero, which every standard forbids.
    @inline(__always) package init?(high: UInt64, low: UInt64) {
        guard high | low != 0 else { return nil }
        self.high = high
        self.low = low
    }

    /// 32 lower-case hexadecimal digits.
    package var text: String {
        String(unsafeUninitializedCapacity: Self.hexBytes) { buffer in
            guard let base = buffer.baseAddress else { return 0 }
            write(to: base)
            return Self.hexBytes
        }
    }

    /// How many bytes `write` writes.
    package static let hexBytes = 32

    /// Writes 32 lower-case hexadecimal digits; `target` has room for them.
    @inline(__always) package func write(to target: UnsafeMutablePointer<UInt8>) {
        Hex.write(high, to: target)
        Hex.write(low, to: target + 16)
    }
}
