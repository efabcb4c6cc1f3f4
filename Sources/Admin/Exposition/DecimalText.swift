/// Numbers as text, the same bytes on every host.
///
/// Doubles are written as Go's `%g` with the fewest digits that give the value back, which is what Prometheus makes
/// of a bound at ingestion and what OpenMetrics calls canonical: `0.005`, `1e+06`, `2.5e-05`.
enum DecimalText {
    /// Appends an integer.
    static func append(_ value: Int64, to bytes: inout [UInt8]) {
        var rest = value.magnitude
        if value < 0 { bytes.append(UInt8(ascii: "-")) }
        let start = bytes.count
        repeat {
            bytes.append(UInt8(ascii: "0") + UInt8(rest % 10))
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Appends a double; one without a fraction is written as an integer.
    static func append(_ value: Double, to bytes: inout [UInt8]) {
        guard value.isFinite else { return bytes += special(value).utf8 }
        if value == value.rounded(.towardZero), value.magnitude < 1e15 {
            append(Int64(value), to: &bytes)
        } else {
            appendShortest(value, to: &bytes)
        }
    }

    /// The value of an `le` label: always with a point or an exponent.
    static func bound(_ value: Double) -> [UInt8] {
        guard value.isFinite else { return Array(special(value).utf8) }
        var bytes: [UInt8] = []
        appendShortest(value, to: &bytes)
        if !bytes.contains(UInt8(ascii: ".")) && !bytes.contains(UInt8(ascii: "e")) { bytes += ".0".utf8 }
        return bytes
    }

    /// Appends nanoseconds since 1970 as seconds with three decimals.
    static func append(timestamp nanoseconds: Int64, to bytes: inout [UInt8]) {
        let milliseconds = nanoseconds / 1_000_000
        append(milliseconds / 1000, to: &bytes)
        let rest = (milliseconds % 1000).magnitude
        bytes.append(UInt8(ascii: "."))
        for unit: UInt64 in [100, 10, 1] { bytes.append(UInt8(ascii: "0") + UInt8(UInt64(rest) / unit % 10)) }
    }

    private static func special(_ value: Double) -> String {
        value.isNaN ? "NaN" : value < 0 ? "-Inf" : "+Inf"
    }

    private static func appendShortest(_ value: Double, to bytes: inout [UInt8]) {
        if value.sign == .minus { bytes.append(UInt8(ascii: "-")) }
        let (digits, point) = shortestDigits(value.magnitude)
        let exponent = point - 1
        if exponent < -4 || exponent >= 6 {
            appendScientific(digits, exponent, to: &bytes)
        } else {
            appendPlain(digits, point, to: &bytes)
        }
    }

    private static func appendScientific(_ digits: ArraySlice<UInt8>, _ exponent: Int, to bytes: inout [UInt8]) {
        bytes += digits.prefix(1)
        if digits.count > 1 {
            bytes.append(UInt8(ascii: "."))
            bytes += digits.dropFirst()
        }
        bytes.append(UInt8(ascii: "e"))
        bytes.append(exponent < 0 ? UInt8(ascii: "-") : UInt8(ascii: "+"))
        if exponent.magnitude < 10 { bytes.append(UInt8(ascii: "0")) }
        append(Int64(exponent.magnitude), to: &bytes)
    }

    /// `point` counts the digits before the decimal point; it may lie left or right of all of them.
    private static func appendPlain(_ digits: ArraySlice<UInt8>, _ point: Int, to bytes: inout [UInt8]) {
        if point <= 0 {
            bytes += "0.".utf8
            bytes += repeatElement(UInt8(ascii: "0"), count: -point)
            bytes += digits
        } else if point >= digits.count {
            bytes += digits
            bytes += repeatElement(UInt8(ascii: "0"), count: point - digits.count)
        } else {
            bytes += digits.prefix(point)
            bytes.append(UInt8(ascii: "."))
            bytes += digits.dropFirst(point)
        }
    }

    /// The digits without zeros at either end and how many stand before the point.
    ///
    /// The standard library finds the digits; only its notation differs from ours.
    private static func shortestDigits(_ value: Double) -> (digits: ArraySlice<UInt8>, point: Int) {
        guard value > 0 else { return ([UInt8(ascii: "0")], 1) }
        let parts = value.description.utf8.split(separator: UInt8(ascii: "e"), maxSplits: 1)
        let mantissa = Array(parts[0])
        let exponent = parts.count > 1 ? Int(String(decoding: parts[1], as: UTF8.self)) ?? 0 : 0
        let whole = mantissa.firstIndex(of: UInt8(ascii: ".")) ?? mantissa.count
        let digits = mantissa.filter { $0 != UInt8(ascii: ".") }
        let zeros = digits.prefix { $0 == UInt8(ascii: "0") }.count
        let last = digits.lastIndex { $0 != UInt8(ascii: "0") } ?? digits.count - 1
        return (digits[zeros...last], whole - zeros + exponent)
    }
}
