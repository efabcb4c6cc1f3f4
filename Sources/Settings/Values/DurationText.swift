/// Reads durations as configurations and expressions write them: `500ms`, `2.5s`, `1h30m`, `30d`.
package enum DurationText {
    /// The longest duration taken, ten years: more is a slip, and sums of two of them stay far from overflow.
    package static let longest = Duration.seconds(10 * 366 * 86_400)

    /// What one writes, for an error's advice.
    package static let advice = "write a number and a unit such as 500ms, 5s, 10m, 1h, 30d or 1h30m"

    /// Advice for one value: the likely meaning of a bare number or of a unit spelled out.
    package static func advice(for scalar: ConfigurationScalar) -> String {
        let number = scalar.text.prefix { $0.isASCII && $0.isNumber }
        let name = scalar.text.dropFirst(number.count).filter { $0 != " " }.lowercased()
        guard !scalar.isInterpolated, !number.isEmpty, number.utf8.count < 10 else { return advice }
        if name.isEmpty { return "write the unit too, such as \(number)s or \(number)ms" }
        guard let unit = spelledOut.first(where: { $0.names.contains(name) })?.unit else { return advice }
        return "write \(number)\(unit)"
    }

    private static let spelledOut: [(unit: String, names: [String])] = [
        ("ms", ["ms", "msec", "msecs", "millis", "millisecond", "milliseconds"]),
        ("s", ["s", "sec", "secs", "second", "seconds"]), ("m", ["m", "min", "mins", "minute", "minutes"]),
        ("h", ["h", "hr", "hrs", "hour", "hours"]), ("d", ["d", "day", "days"]),
    ]

    /// Units from the largest to the smallest, in nanoseconds.
    private static let units: [(name: String, nanoseconds: Int64)] = [
        ("d", 86_400_000_000_000), ("h", 3_600_000_000_000), ("m", 60_000_000_000), ("s", 1_000_000_000),
        ("ms", 1_000_000), ("us", 1_000), ("µs", 1_000), ("ns", 1),
    ]

    /// The duration, or nil where the text is none.
    ///
    /// Each unit stands at most once and from large to small, no sign, no
    /// spaces, nothing finer than a nanosecond. `0` needs no unit.
    package static func parse(_ text: String) -> Duration? {
        guard text != "0" else { return .zero }
        var rest = text[...]
        var total: Int64 = 0
        var previous = Int64.max
        guard !rest.isEmpty, text.utf8.count <= 64 else { return nil }
        while !rest.isEmpty {
            guard let (part, unit) = takePart(&rest), unit < previous else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow else { return nil }
            total = sum
            previous = unit
        }
        let duration = Duration.nanoseconds(total)
        return duration <= longest ? duration : nil
    }

    /// Writes a duration with the largest units that fit: `1h30m`, `500ms`.
    package static func format(_ duration: Duration) -> String {
        let (seconds, attoseconds) = duration.components
        let (whole, overflow) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
        guard !overflow, duration >= .zero else { return "\(duration)" }
        var rest = whole + attoseconds / 1_000_000_000
        guard rest > 0 else { return "0s" }
        var text = ""
        for unit in units where unit.name != "µs" && rest >= unit.nanoseconds {
            text += "\(rest / unit.nanoseconds)\(unit.name)"
            rest %= unit.nanoseconds
        }
        return text
    }

    /// Takes one number with its unit off the front; nanoseconds and those of the unit.
    private static func takePart(_ rest: inout Substring) -> (nanoseconds: Int64, unit: Int64)? {
        let number = rest.prefix { $0.isASCII && $0.isNumber || $0 == "." }
        let name = rest.dropFirst(number.count).prefix { !($0.isASCII && $0.isNumber) && $0 != "." }
        guard let value = ExactDecimal(parsing: String(number)),
            let unit = units.first(where: { $0.name == name })
        else { return nil }
        rest = rest[name.endIndex...]
        let product = Int128(value.digits) * Int128(unit.nanoseconds)
        let denominator = Int128(value.denominator)
        guard product % denominator == 0, let part = Int64(exactly: product / denominator) else { return nil }
        return (part, unit.nanoseconds)
    }
}
