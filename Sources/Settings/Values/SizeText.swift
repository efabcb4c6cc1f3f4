/// Reads sizes in bytes as configurations write them: `4096`, `64KiB`, `1.5GiB`.
package enum SizeText {
    /// What one writes, for an error's advice.
    package static let advice = "write bytes, or a number with KiB, MiB, GiB or TiB, such as 64KiB"

    private static let units: [(name: String, bytes: Int64)] = [
        ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10), ("B", 1), ("", 1),
    ]

    /// The bytes, or nil where the text is no size or no whole number of bytes.
    package static func parse(_ text: String) -> Int? {
        let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let name = text.dropFirst(number.count)
        guard let value = ExactDecimal(parsing: String(number)),
            let unit = units.first(where: { $0.name == name })
        else { return nil }
        let product = Int128(value.digits) * Int128(unit.bytes)
        let denominator = Int128(value.denominator)
        guard product % denominator == 0 else { return nil }
        return Int(exactly: product / denominator)
    }

    /// Writes bytes with the largest unit that divides them: `64KiB`, `1000`.
    package static func format(_ bytes: Int) -> String {
        guard bytes > 0 else { return "\(bytes)" }
        for unit in units where bytes % Int(unit.bytes) == 0 && unit.bytes > 1 {
            return "\(bytes / Int(unit.bytes))\(unit.name)"
        }
        return "\(bytes)"
    }

    /// The unit that somebody who wrote a decimal one probably meant: `10MB` means `10MiB`.
    static func meant(by text: String) -> String? {
        let number = text.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let name = text.dropFirst(number.count).drop { $0 == " " }.lowercased()
        guard !number.isEmpty, let letter = name.first, "kmgt".contains(letter) else { return nil }
        guard ["", "b", "i", "ib", "bytes"].contains(String(name.dropFirst())) else { return nil }
        return "\(number)\(letter.uppercased())iB"
    }
}
