import Foundation
import RecordPath
import Testing

/// Compared with Foundation's parser (for what is JSON) and with our own walker (for what a shape says).
@Suite struct LineParserTests {
    private func inspector() -> LineInspector { LineInspector(lexicon: .plain) }

    @Test("A line is JSON exactly when a reference parser takes it as an object")
    func agreesWithReference() {
        var lines = JSONLines(seed: 7)
        var inspector = inspector()
        var objects = 0
        for _ in 0..<20_000 {
            let bytes = lines.damaged()
            let isObject = (try? JSONSerialization.jsonObject(with: Data(bytes))) is [String: Any]
            let isOurs = inspector.inspect(bytes).format == .json
            if hasLeniency(bytes) { continue }
            objects += isObject ? 1 : 0
            #expect(isOurs == isObject, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(objects > 500)
    }

    /// Where the two differ on purpose: we take control characters in strings, bad escapes and bad UTF-8, which
    /// RFC 8259 does not; Foundation takes a comma behind the last member, which it does not either.
    private func hasLeniency(_ bytes: [UInt8]) -> Bool {
        let text = bytes.filter { $0 != 0x20 }
        let hasLastComma = zip(text, text.dropFirst()).contains { $0 == 0x2C && ($1 == 0x7D || $1 == 0x5D) }
        return hasLastComma || bytes.contains { $0 < 0x20 || $0 == 0x5C }
            || String(validating: bytes, as: UTF8.self) == nil
    }

    @Test("A shape gives the same fields as the walker")
    func shapeEqualsWalker() {
        var lines = JSONLines(seed: 11)
        var learnt = inspector()
        var walked = inspector()
        var byShape = 0
        for round in 0..<20_000 {
            let bytes = round % 10 == 9 ? lines.damaged() : Array(lines.sameShape().utf8)
            let fast = learnt.inspect(bytes)
            var plain = walked.inspect(bytes, forgetsShapes: true)
            byShape += fast.isByShape ? 1 : 0
            plain.isByShape = fast.isByShape
            #expect(fast == plain, "\(String(decoding: bytes, as: UTF8.self))")
        }
        #expect(byShape > 10_000)
    }

    @Test("Nested members have dotted paths and know how many fields lie inside")
    func nestedMembers() {
        var inspector = inspector()
        let line = inspector.inspect(
            Array(#"{"http":{"response":{"status_code":503},"m":"GET"},"x":[1,{"y":2}]}"#.utf8)
        )
        #expect(line.fields.map(\.path) == ["http", "http.response", "http.response.status_code", "http.m", "x"])
        #expect(line.fields.map(\.descendants) == [3, 1, 0, 0, 0])
        #expect(line.fields.map(\.kind) == [.object, .object, .number, .string, .array])
    }

    @Test("A thousand levels of nesting are text, not a crash")
    func deepNesting() {
        var inspector = inspector()
        let deep = String(repeating: "{\"a\":", count: 1000) + "1" + String(repeating: "}", count: 1000)
        #expect(inspector.inspect(Array(deep.utf8)).format == .text)
        let arrays = "{\"a\":" + String(repeating: "[", count: 1000) + String(repeating: "]", count: 1000) + "}"
        #expect(inspector.inspect(Array(arrays.utf8)).format == .text)
        let within = String(repeating: "{\"a\":", count: 200) + "1" + String(repeating: "}", count: 200)
        #expect(inspector.inspect(Array(within.utf8)).format == .json)
    }

    @Test("Duplicate keys are all fields, and the last one counts")
    func duplicateKeys() {
        var inspector = inspector()
        let text = #"{"status":200,"status":503}"#
        let line = inspector.inspect(Array(text.utf8))
        #expect(line.fields.count == 2)
        #expect(line.canonical[.status].map { String(Array(text)[$0]) } == "503")
    }

    @Test("Numbers beyond 64 bits are numbers", arguments: ["18446744073709551616", "-1e400", "0.1234567890123456789"])
    func hugeNumbers(number: String) {
        var inspector = inspector()
        let line = inspector.inspect(Array("{\"n\":\(number)}".utf8))
        #expect(line.format == .json && line.fields.first?.kind == .number)
    }

    @Test("What is no number makes a line text", arguments: ["01", "+1", "1.", ".5", "1e", "0x1", "NaN", "1 2", "--1"])
    func badNumbers(number: String) {
        var inspector = inspector()
        #expect(inspector.inspect(Array("{\"n\":\(number)}".utf8)).format == .text)
    }

    @Test("A million keys start a new key table instead of growing without end")
    func keyTableIsBounded() {
        var inspector = inspector()
        for round in 0..<40 {
            let members = (0..<2000).map { "\"k\(round)-\($0)\":1" }.joined(separator: ",")
            #expect(inspector.inspect(Array("{\(members)}".utf8)).fields.count == 2000)
        }
    }

    @Test("logfmt is pairs from the start of the line")
    func logfmt() {
        var inspector = inspector()
        let text = #"level=info msg="hello \"you\"" dur=1.5 done"#
        let line = inspector.inspect(Array(text.utf8))
        #expect(line.format == .logfmt)
        #expect(line.fields.map(\.path) == ["level", "msg", "dur"])
        #expect(line.fields.map(\.kind) == [.string, .escapedString, .number])
        #expect(inspector.inspect(Array("user said a=b and c=d".utf8)).format == .text)
        #expect(inspector.inspect(Array("one=pair only".utf8)).format == .text)
    }

    @Test("Random bytes are records of some format")
    func randomBytes() {
        var lines = JSONLines(seed: 3)
        var inspector = inspector()
        for _ in 0..<20_000 {
            let bytes = (0..<lines.number(200)).map { _ in UInt8(lines.number(256)) }
            let line = inspector.inspect(bytes)
            for field in line.fields { #expect(field.range.upperBound <= bytes.count) }
            for range in line.canonical.values { #expect(range.upperBound <= bytes.count) }
        }
    }
}

private let names = CanonicalNames(adding: [])

extension FieldLexicon {
    /// The built-in names, no key sensitive.
    static let plain = FieldLexicon(
        sense: { path in
            let name = names.name(ofPath: path)
            return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
        },
        verdict: { _ in 0 }
    )
}
