import RecordPath
import TestSupport
import Testing

/// The pattern automaton by examples and against a matcher that tries everything.
@Suite struct PatternTests {
    @Test(
        "A pattern is found where RE2 finds it",
        arguments: [
            ("abc", "xxabcxx", true), ("abc", "xxabxcx", false), ("^abc$", "abc", true), ("^abc$", "abcd", false),
            ("", "", true), ("", "x", true), ("^$", "", true), ("^$", "x", false), ("a*", "", true), ("$", "abc", true),
            ("a+b?c", "aac", true), ("a+b?c", "c", false), ("^(GET|POST) /", "POST /x", true),
            ("^(GET|POST) /", "PUT /x", false), ("^/v[0-9]+/", "/v12/x", true), ("^/v[0-9]+/", "/v/x", false),
            ("^.$", "é", true), ("^.$", "日", true), ("^..$", "é", false), ("^[^a]$", "é", true), ("^é+$", "éé", true),
            (".", "\n", false), ("a.c", "a\nc", false), ("\\d{3}", "12 345", true), ("\\d{3}", "12 34", false),
            ("^\\w+$", "ab_1", true), ("^\\w+$", "a-b", false), ("\\.", "a.b", true), ("\\.", "ab", false),
            ("^a{2,3}$", "a", false), ("^a{2,3}$", "aaa", true), ("^a{2,3}$", "aaaa", false),
            ("^a{2,}$", "aaaaa", true),
            ("/users/{id}", "/users/{id}", true), ("(?i)error", "ERRoR", true), ("(?i)[a-c]x", "BX", true),
            ("[]x]", "]", true), ("[a-]", "-", true), ("a||b", "", true), ("(a|b)*c", "ababc", true),
            ("(^a|b)c", "xbc", true), ("(^a|b)c", "xac", false), ("a(b|$)", "xa", true), ("a(b|$)", "xac", false),
            ("(a*)*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac", false), ("a\\z", "ba", true), ("\\Ab", "ab", false),
        ]
    )
    func examples(pattern: String, text: String, expected: Bool) throws {
        #expect(try Pattern(Array(pattern.utf8)).isFound(in: text) == expected)
    }

    /// A pattern that a test builds: how it is written, and every place where it may end.
    private struct Piece {
        let text: String
        let ends: ([UInt8], Int) -> Set<Int>
    }

    @Test func `Random patterns are found where a matcher that tries everything finds them`() throws {
        var random = SeededGenerator(seed: 3)
        var found = 0
        for _ in 0..<3_000 {
            let piece = Self.piece(depth: 4, &random)
            let pattern = try Pattern(Array(piece.text.utf8))
            for _ in 0..<6 {
                let text = (0..<Int.random(in: 0...6, using: &random)).map { _ in
                    UInt8.random(in: UInt8(ascii: "a")...UInt8(ascii: "c"), using: &random)
                }
                let expected = (0...text.count).contains { !piece.ends(text, $0).isEmpty }
                found += expected ? 1 : 0
                let shown = String(decoding: text, as: UTF8.self)
                #expect(pattern.isFound(in: shown) == expected, "\(piece.text) in \(shown)")
            }
        }
        #expect(found > 3_000 && found < 17_000)
    }

    private static func piece(depth: Int, _ random: inout SeededGenerator) -> Piece {
        guard depth > 0, Int.random(in: 0..<5, using: &random) > 0 else { return leaf(&random) }
        let left = piece(depth: depth - 1, &random)
        let right = piece(depth: depth - 1, &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0, 1:
            return Piece(text: left.text + right.text) { text, start in
                left.ends(text, start).reduce(into: []) { $0.formUnion(right.ends(text, $1)) }
            }
        case 2:
            return Piece(text: "(\(left.text)|\(right.text))") { text, start in
                left.ends(text, start).union(right.ends(text, start))
            }
        default:
            let minimum = Int.random(in: 0...1, using: &random)
            return Piece(text: "(\(left.text))\(minimum == 0 ? "*" : "+")") { text, start in
                var all: Set<Int> = minimum == 0 ? [start] : []
                var open: Set<Int> = [start]
                while !open.isEmpty {
                    let next = open.reduce(into: Set<Int>()) { $0.formUnion(left.ends(text, $1)) }
                    open = next.subtracting(all)
                    all.formUnion(next)
                }
                return all
            }
        }
    }

    private static func leaf(_ random: inout SeededGenerator) -> Piece {
        func one(_ text: String, _ takes: @escaping (UInt8) -> Bool) -> Piece {
            Piece(text: text) { bytes, start in start < bytes.count && takes(bytes[start]) ? [start + 1] : [] }
        }
        switch Int.random(in: 0..<8, using: &random) {
        case 0: return Piece(text: "^") { _, start in start == 0 ? [0] : [] }
        case 1: return Piece(text: "$") { bytes, start in start == bytes.count ? [start] : [] }
        case 2: return one(".") { _ in true }
        case 3: return one("[^a]") { $0 != UInt8(ascii: "a") }
        case 4: return one("[ab]") { $0 != UInt8(ascii: "c") }
        case 5: return one("a") { $0 == UInt8(ascii: "a") }
        case 6: return one("b") { $0 == UInt8(ascii: "b") }
        default: return one("c") { $0 == UInt8(ascii: "c") }
        }
    }
}
