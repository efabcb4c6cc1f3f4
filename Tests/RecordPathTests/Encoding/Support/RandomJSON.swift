import TestSupport

/// Random JSON objects together with what a reader that lets the last of equal names win sees in them.
struct RandomJSON {
    private var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// An object as text, with spaces, escapes and names that come twice, and its meaning.
    mutating func object(depth: Int = 0) -> (text: String, meaning: StrictJSONDocument) {
        var texts: [String] = []
        var members: [(name: String, value: StrictJSONDocument)] = []
        for _ in 0..<number(depth == 0 ? 12 : 6) {
            let name = "k\(number(8))" + ["", ".x", "ä", " b", "\"", "-_@"][number(6)]
            let value = value(depth: depth + 1)
            texts.append(space() + quoted(name) + space() + ":" + space() + value.text + space())
            members.removeAll { $0.name == name }
            members.append((name, value.meaning))
        }
        return ("{" + space() + texts.joined(separator: ",") + "}", .object(members))
    }

    /// An object such as one log statement prints: a shape can be learnt from it, and some of its fields are canonical.
    mutating func loggedObject(depth: Int = 0) -> String {
        let keys = ["a", "b", "c", "d.e", "msg", "level", "status", "path", "service", "method", "trace_id", ".x", "ü"]
        let values = [
            "\"info\"", "\"GET\"", "503", "\"text\"", "\"\"", "null", "true", "-1.5e3", "1234567890123456789012345",
            "{}",
            "\"4bf92f3577b34da6a3ce929d0e0e4736\"", "\"/a?b\"",
        ]
        let members = (0..<(1 + number(7))).map { _ in
            let value =
                number(4) == 0 && depth < 17 ? loggedObject(depth: depth + 1 + number(4)) : values[number(values.count)]
            return "\"\(keys[number(keys.count)])\":" + (number(9) == 0 ? " " : "") + value
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// A line that breaks as many rules as it can: odd keys, bad escapes, raw controls, deep nests, long leaves.
    mutating func hostileLine() -> [UInt8] {
        var line = Array("{".utf8)
        for index in 0..<number(10) {
            if index > 0 { line.append(UInt8(ascii: ",")) }
            line += hostileString() + [UInt8(ascii: ":")] + hostileValue(depth: 0)
        }
        line.append(UInt8(ascii: "}"))
        if number(8) == 0, line.count > 2 { line.remove(at: number(line.count)) }
        if number(8) == 0 { line[number(line.count)] = UInt8(truncatingIfNeeded: random.next()) }
        return line.filter { $0 != 0x0A }
    }

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func value(depth: Int) -> (text: String, meaning: StrictJSONDocument) {
        switch number(depth < 5 ? 10 : 6) {
        case 0: return (["null"][0], .null)
        case 1: return number(2) == 0 ? ("true", .bool(true)) : ("false", .bool(false))
        case 2:
            let digits = ["0", "-1.5e-7", "9007199254740993", "0.1", "-0", "1E+2", "\(number(100_000))"][number(7)]
            return (digits, .number(digits))
        case 3, 4, 5:
            let text = (0..<number(12)).map { _ in
                ["a", "\"", "\\", "\t", "ü", "🙂", "/", "}", ",", "\u{0}"][number(10)]
            }.joined()
            return (quoted(text), .string(text))
        case 6, 7:
            var elements: [(text: String, meaning: StrictJSONDocument)] = []
            for _ in 0..<number(4) { elements.append(value(depth: depth + 1)) }
            let text = elements.map { space() + $0.text + space() }.joined(separator: ",")
            return ("[" + space() + text + "]", .array(elements.map(\.meaning)))
        default: return object(depth: depth)
        }
    }

    /// A string in one of the many ways to write it.
    private mutating func quoted(_ text: String) -> String {
        var out = "\""
        for scalar in text.unicodeScalars {
            let isSpecial = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
            if number(isSpecial ? 2 : 12) == 0 {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16, uppercase: number(2) == 0)
                    out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else if scalar == "\t", number(2) == 0 {
                out += "\\t"
            } else if scalar == "\"" || scalar == "\\" || (scalar == "/" && number(2) == 0) {
                out += "\\" + String(scalar)
            } else {
                // A control character as it is: loggers do that.
                out += String(scalar)
            }
        }
        return out + "\""
    }

    private mutating func hostileString() -> [UInt8] {
        let parts = [
            "", ".", "..", "a", "b.", "msg", "level", "status", "trace_id", "\\u0000", "\\ud800", "\\udc00", "\\u12",
            "\\x",
            "\\\"", "\\\\", "\u{1}", " ", "é", "🙂", "_", "@timestamp", "http", "method", "path", "\u{7F}",
        ]
        var text = "\""
        for _ in 0..<number(4) { text += parts[number(parts.count)] }
        if number(200) == 0 { text += String(repeating: "l", count: 7990 + number(30)) }
        return Array((text + "\"").utf8)
    }

    private mutating func hostileValue(depth: Int) -> [UInt8] {
        switch number(depth < 20 ? 9 : 5) {
        case 0: return Array(["null", "true", "-1", "500", "1e999", String(repeating: "7", count: 40)][number(6)].utf8)
        case 1, 2, 3, 4: return hostileString()
        case 5:
            let (open, close) = [("[", "]"), ("{\"k\":", "}"), ("{\"\":[", "]}")][number(3)]
            let levels = number(20)
            return Array(String(repeating: open, count: levels).utf8) + hostileValue(depth: depth + levels)
                + Array(String(repeating: close, count: levels).utf8)
        case 6:
            var value = Array("[".utf8)
            for index in 0..<number(4) {
                if index > 0 { value.append(UInt8(ascii: ",")) }
                value += hostileValue(depth: depth + 1)
            }
            return value + [UInt8(ascii: "]")]
        default:
            var value = Array("{".utf8)
            for index in 0..<number(21) {
                if index > 0 { value.append(UInt8(ascii: ",")) }
                value += hostileString() + [UInt8(ascii: ":")] + hostileValue(depth: depth + 8)
            }
            return value + [UInt8(ascii: "}")]
        }
    }

    private mutating func space() -> String { number(5) == 0 ? [" ", "\t", "  "][number(3)] : "" }
}
