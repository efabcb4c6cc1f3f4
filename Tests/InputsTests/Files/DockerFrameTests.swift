import Inputs
import TestSupport
import Testing

struct DockerFrameTests {
    struct Decoded: Equatable {
        var time: Int64?
        var isError = false
        var isPartial = false
        var text: [UInt8]
    }

    static func decode(_ line: [UInt8]) -> Decoded? {
        var frame = DockerFrame()
        return line.withUnsafeBufferPointer { bytes in
            frame.decode(bytes).map {
                Decoded(time: $0.time, isError: $0.isError, isPartial: $0.isPartial, text: Array($0.text))
            }
        }
    }

    private func text(_ escaped: String) -> String? {
        Self.decode(Array(#"{"log":"\#(escaped)\n"}"#.utf8)).map { String(decoding: $0.text, as: UTF8.self) }
    }

    @Test func `a line of the engine gives text, stream and time`() {
        let line = #"{"log":"a \"b\" \u003cc\u003e\n","stream":"stderr","time":"2019-01-02T03:04:05.000000006Z"}"#
        #expect(
            Self.decode(Array(line.utf8))
                == Decoded(time: 1_546_398_245_000_000_006, isError: true, text: Array(#"a "b" <c>"#.utf8))
        )
    }

    @Test func `a text without a newline is a part`() {
        #expect(Self.decode(Array(#"{"log":"abc","stream":"stdout"}"#.utf8))?.isPartial == true)
        #expect(Self.decode(Array(#"{"log":"","stream":"stdout"}"#.utf8))?.isPartial == true)
        #expect(Self.decode(Array(#"{"log":"\n","stream":"stdout"}"#.utf8))?.isPartial == false)
    }

    @Test func `order of keys, blanks and unknown keys do not matter`() {
        let line = #" { "time" : "1970-01-01T00:00:01Z", "attrs":{"a":[1,-2.5e3,{"b":null}],"c":"\"}"}, "log":"x\n" } "#
        #expect(Self.decode(Array(line.utf8)) == Decoded(time: 1_000_000_000, text: [0x78]))
    }

    @Test func `escapes become what they stand for`() {
        #expect(text(#"\/\\\t\r\b\f"#) == "/\\\t\r\u{8}\u{C}")
        #expect(text(#"\u00e9\u20ac\ud83d\ude00"#) == "é€😀")
        #expect(text(#"\ud83dx \ude00 \ud83d\u0041"#) == "\u{FFFD}x \u{FFFD} \u{FFFD}A")
        #expect(text("é😀") == "é😀")
    }

    @Test(arguments: [
        "", "{", "{}", "[]", "x", #"{"log":"a"#, #"{"log":"a\n""#, #"{"log":"a\n"} x"#, #"{"log":"a\n",}"#,
        #"{"log":5}"#, #"{"log":"\x"}"#, #"{"log":"\u12g4"}"#, #"{"log":"\u123"}"#, "{\"log\":\"a\tb\"}",
        #"{"stream":"stdout"}"#, #"{"log":"a\n","time":"yesterday"}"#, #"{"log":"a\n"{"log":"b\n"}"#, #"{"log":"\"#,
        #"{"log":"a\n","x":[1,}"#, #"{"log":"a\n","x":}"#,
    ])
    func `what is not such an object is not decoded`(line: String) {
        #expect(Self.decode(Array(line.utf8)) == nil, "\(line)")
    }

    @Test func `nesting has a limit`() {
        let open = String(repeating: "[", count: 1_000)
        #expect(Self.decode(Array(#"{"log":"a\n","x":\#(open)"#.utf8)) == nil)
    }

    @Test(arguments: 0..<30) func `what is escaped comes back`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let scalars = (0..<Int.random(in: 0...200, using: &random)).map { _ in
                Unicode.Scalar(
                    UInt32.random(in: 0..<[0x80, 0x800, 0x11_0000].randomElement(using: &random)!, using: &random)
                )
                    ?? "\""
            }
            var escaped = ""
            for scalar in scalars { escaped += Self.escape(scalar, &random) }
            let expected = scalars.reduce(into: "") { $0.unicodeScalars.append($1) }
            #expect(text(escaped) == expected, "\(escaped)")
        }
    }

    /// One of the ways in which JSON may write a character.
    private static func escape(_ scalar: Unicode.Scalar, _ random: inout SeededGenerator) -> String {
        let mustEscape = scalar.value < 0x20 || scalar == "\"" || scalar == "\\"
        guard mustEscape || Int.random(in: 0..<10, using: &random) == 0 else { return String(scalar) }
        if scalar == "\"" || scalar == "\\", Bool.random(using: &random) { return "\\\(scalar)" }
        return String(scalar).utf16.map { unit in
            let hex = String(unit, radix: 16, uppercase: Bool.random(using: &random))
            return "\\u" + String(repeating: "0", count: 4 - hex.count) + hex
        }.joined()
    }

    @Test(arguments: 0..<20) func `no damage makes it trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array(
            #"{"log":"a\"b\u00e9\ud83d\ude00 text text\n","attrs":{"k":[1,true]},"time":"2019-01-02T03:04:05Z"}"#.utf8
        )
        for _ in 0..<500 {
            var bytes = Array(good.prefix(Int.random(in: 0...good.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            if let decoded = Self.decode(bytes) { #expect(decoded.text.count < bytes.count) }
        }
    }
}
