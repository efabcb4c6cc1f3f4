import Outputs
import Testing

@Suite struct JSONReaderTests {
    private func skips(_ text: String) -> Bool {
        var reader = JSONReader(Array(text.utf8))
        do throws(JSONError) {
            try reader.skip()
            try reader.end()
            return true
        } catch {
            return false
        }
    }

    @Test(arguments: ["{}", "[]", " { \"a\" : [ 1 , -2.5e+3 , true , false , null , \"x\" ] } ", "\"\"", "0"])
    func `a text is read to its end`(_ text: String) {
        #expect(skips(text))
    }

    @Test(arguments: [
        "", "{", "}", "[1", "[1,]", "{\"a\"}", "{\"a\":}", "{a:1}", "\"", "\"\\\"", "\"\\x\"", "\"\\u12\"", "tru",
        "nul", "\"\n\"", "[1 2]", "{} {}", "\u{FEFF}{}",
    ])
    func `what is not JSON is an error`(_ text: String) {
        #expect(!skips(text))
    }

    @Test func `nesting is bounded`() {
        #expect(skips(String(repeating: "[", count: 64) + String(repeating: "]", count: 64)))
        #expect(!skips(String(repeating: "[", count: 65) + String(repeating: "]", count: 65)))
        #expect(!skips(String(repeating: "[", count: 1_000_000)))
    }

    @Test(arguments: [
        (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{08}\u{0C}\n\r\tz"), (#""\u00e9\u20AC""#, "\u{E9}\u{20AC}"),
        (#""\ud83d\ude00""#, "\u{1F600}"), (#""\ud83d""#, "\u{FFFD}"), (#""\ud83dx""#, "\u{FFFD}x"),
        (#""\ude00""#, "\u{FFFD}"), (#""\ud83d\u0041""#, "\u{FFFD}A"),
    ])
    func `escapes are resolved, lone surrogates replaced`(_ text: String, _ expected: String) throws {
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.string() == expected)
        try reader.end()
    }

    @Test(arguments: [("12", 12), ("-7", -7), ("9223372036854775807", Int.max)])
    func `whole numbers are read`(_ text: String, _ expected: Int) throws {
        var reader = JSONReader(Array(text.utf8))
        #expect(try reader.integer() == expected)
    }

    @Test(arguments: ["9223372036854775808", "1.5", "\"1\"", "-", "", "+1"])
    func `numbers that do not fit are errors`(_ text: String) {
        var reader = JSONReader(Array(text.utf8))
        #expect(throws: JSONError.self) { try reader.integer() }
    }

    @Test func `no cut of a text traps or is taken for the whole`() {
        let text = #"{"a":[{"b":"c\u00e9","d":-1.5},[true,null]],"e":{}}"#
        for length in 0..<text.utf8.count { #expect(!skips(String(decoding: text.utf8.prefix(length), as: UTF8.self))) }
    }
}
