import TestSupport

/// Random JSON lines, valid and broken, for property tests.
struct JSONLines {
    var random: SeededGenerator

    init(seed: UInt64) { random = SeededGenerator(seed: seed) }

    /// A line that keeps its keys from call to call and changes its values: what one log statement prints.
    mutating func sameShape() -> String {
        "{\"time\":\"2026-11-21T11:37:\(10 + number(50))Z\",\"level\":\"\(word())\",\"n\":\(scalar()),"
            + "\"http\":{\"status\":\(number(600)),\"path\":\"/\(word())\",\"empty\":{}},\"msg\":\"\(text())\",\"ok\":\(literal())}"
    }

    /// An object of random shape.
    mutating func anyShape(depth: Int = 0) -> String {
        let members = (0..<number(6)).map { _ in "\(space())\"\(key())\"\(space()):\(space())\(value(depth))\(space())"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    /// A line with one byte changed, taken out or put in: mostly broken.
    mutating func damaged() -> [UInt8] {
        var bytes = Array((number(2) == 0 ? sameShape() : anyShape()).utf8)
        let at = number(bytes.count)
        switch number(3) {
        case 0: bytes[at] = Array("{}[]\",:\\0a \u{0}".utf8)[number(12)]
        case 1: bytes.remove(at: at)
        default: bytes.insert(Array("{}[]\",:\\0a ".utf8)[number(11)], at: at)
        }
        return bytes
    }

    mutating func number(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    private mutating func value(_ depth: Int) -> String {
        switch number(depth < 4 ? 8 : 5) {
        case 0: return scalar()
        case 1: return literal()
        case 2, 3, 4: return "\"\(text())\""
        case 5: return "[" + (0..<number(4)).map { _ in value(depth + 1) }.joined(separator: ",") + "]"
        default: return anyShape(depth: depth + 1)
        }
    }

    private mutating func scalar() -> String {
        ["0", "-1", "12", "1.5", "1e9", "-0.25E-3", "18446744073709551616", "\(number(1_000_000))"][number(8)]
    }

    private mutating func literal() -> String { ["true", "false", "null"][number(3)] }

    private mutating func key() -> String { ["a", "b", "level", "msg", "status", "c-\(number(3))", "ä"][number(7)] }

    private mutating func word() -> String { ["info", "warn", "x", "cart", "", "a/b"][number(6)] }

    private mutating func text() -> String {
        [
            "", "plain", "with \\\"quotes\\\"", "back\\\\slash", "tab\\t", "\\u00e9", "ümlaut", "{\\\"a\\\":1}",
            "a,b:c}",
        ][number(9)]
    }

    private mutating func space() -> String { number(6) == 0 ? " " : "" }
}
