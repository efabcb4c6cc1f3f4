/// Bytes as `humanize1024` of Prometheus shows them.
enum ByteText {
    private static let prefixes = ["", "ki", "Mi", "Gi", "Ti"]

    /// Four digits that count, and a prefix.
    static func humanised(_ bytes: Int) -> String {
        var value = Double(bytes)
        var index = 0
        while value >= 1_024, index < prefixes.count - 1 {
            value /= 1_024
            index += 1
        }
        return fourDigits(value) + prefixes[index]
    }

    /// A number below 10,000 with at most four digits, as `%.4g` writes it.
    private static func fourDigits(_ value: Double) -> String {
        let scale: Double = value >= 1_000 ? 1 : value >= 100 ? 10 : value >= 10 ? 100 : 1_000
        return Node.decimal((value * scale).rounded() / scale)
    }
}
