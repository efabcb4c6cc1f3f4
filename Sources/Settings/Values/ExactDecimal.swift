/// A decimal number kept as it was written: `99.9` is 999 / 10, never a float near it.
///
/// The scale is as small as it can be (`99.90` equals `99.9`), at most 9.
package struct ExactDecimal: Sendable, Equatable, Hashable {
    /// The number without its point.
    package let digits: Int64
    /// How many of the digits stand behind the point.
    package let scale: Int

    /// Digits behind the point that are taken.
    package static let maximumScale = 9

    /// Makes `digits / 10^scale`, with the zeros at the end removed.
    package init(digits: Int64, scale: Int = 0) {
        precondition(scale >= 0 && scale <= Self.maximumScale, "a scale is 0 to 9")
        var digits = digits
        var scale = scale
        while scale > 0, digits % 10 == 0 {
            digits /= 10
            scale -= 1
        }
        self.digits = digits
        self.scale = scale
    }

    /// Reads `12`, `-3`, `99.95`: no exponent, no sign `+`, at most 18 digits and 9 behind the point.
    package init?(parsing text: String) {
        var bytes = text.utf8[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative { bytes = bytes.dropFirst() }
        let parts = bytes.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty else { return nil }
        let fraction = parts.count == 2 ? parts[1] : Substring("").utf8[...]
        guard parts.count == 1 || !fraction.isEmpty, fraction.count <= Self.maximumScale else { return nil }
        guard whole.count + fraction.count <= 18 else { return nil }
        var digits: Int64 = 0
        for byte in [whole, fraction].joined() {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            digits = digits * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        self.init(digits: isNegative ? -digits : digits, scale: fraction.count)
    }

    /// Ten to the power of the scale: the number is `digits / denominator`.
    package var denominator: Int64 { Self.powersOfTen[scale] }

    private static let powersOfTen: [Int64] = [
        1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000, 1_000_000_000,
    ]
}

extension ExactDecimal: Comparable {
    /// Compares exactly, in 128 bits.
    package static func < (left: ExactDecimal, right: ExactDecimal) -> Bool {
        Int128(left.digits) * Int128(right.denominator) < Int128(right.digits) * Int128(left.denominator)
    }
}

extension ExactDecimal: CustomStringConvertible {
    /// The number as one writes it, without zeros at the end.
    package var description: String {
        guard scale > 0 else { return "\(digits)" }
        let magnitude = digits.magnitude
        let denominator = UInt64(denominator)
        let fraction = "\(magnitude % denominator)"
        let zeros = String(repeating: "0", count: scale - fraction.utf8.count)
        return "\(digits < 0 ? "-" : "")\(magnitude / denominator).\(zeros)\(fraction)"
    }
}
