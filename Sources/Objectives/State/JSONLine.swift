/// Writes one JSON object on one line.
struct JSONLine {
    private var text = ""

    /// The object's members, each written by `field`, between braces.
    static func object(_ body: (inout JSONLine) -> Void) -> String {
        var line = JSONLine()
        body(&line)
        return "{\(line.text)}"
    }

    /// A member whose value is JSON already.
    mutating func field(_ name: String, json: String) {
        if !text.isEmpty { text += "," }
        text += "\(Self.quoted(name)):\(json)"
    }

    mutating func field(_ name: String, _ value: String?) { field(name, json: value.map(Self.quoted) ?? "null") }

    mutating func field(_ name: String, _ value: UInt64) { field(name, json: "\(value)") }

    mutating func field(_ name: String, _ value: Bool) { field(name, json: value ? "true" : "false") }

    /// A number; null where there is none or where JSON has none for it.
    mutating func field(_ name: String, _ value: Double?) {
        field(name, json: value.flatMap { $0.isFinite ? "\($0)" : nil } ?? "null")
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\r": result += "\\r"
            case "\t": result += "\\t"
            case _ where scalar.value < 0x20:
                let hex = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }
}
