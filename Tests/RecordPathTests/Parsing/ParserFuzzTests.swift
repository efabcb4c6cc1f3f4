import Foundation
import RecordPath
import TestSupport
import Testing

/// The fast parsers against the naive one, on random lines from seeds.
///
/// `MARTLET_FUZZ=10000000 swift test -c release --filter ParserFuzz` runs ten million lines; without it, each test
/// takes a small share of them.
@Suite struct ParserFuzzTests {
    /// Lines a seed.
    private static let lines: Int = {
        let wanted = ProcessInfo.processInfo.environment["MARTLET_FUZZ"].flatMap(Int.init) ?? 40_000
        return max(1, wanted / (seeds.count + textSeeds.count))
    }()
    private static let seeds: [UInt64] = Array(1...8)
    private static let textSeeds: [UInt64] = [101, 102]

    @Test("JSON and logfmt are taken apart as the naive parser does, by shapes or not", arguments: seeds)
    func fields(seed: UInt64) throws {
        var lines = FuzzLines(seed: seed)
        var inspector = LineInspector(lexicon: .plain)
        var byShape = 0
        var formats: [LineFormat: Int] = [:]
        for number in 0..<Self.lines {
            let bytes = lines.next()
            let fast = inspector.inspect(bytes)
            let naive = NaiveParser.parse(bytes)
            byShape += fast.isByShape ? 1 : 0
            formats[naive.format, default: 0] += 1
            let isText = fast.format == .text || fast.format == .accessLog
            let isSame =
                isText
                ? naive.format == .text
                : fast.format == naive.format && fast.fields.map(NaiveParser.Field.init) == naive.fields
                    && fast.canonical == naive.canonical
            try #require(isSame, "seed \(seed), line \(number): \(String(decoding: bytes, as: UTF8.self))")
        }
        // The comparison means something only where every kind of line came by.
        #expect(byShape > Self.lines / 10)
        #expect(formats.count == 3)
    }

    @Test("Lines of any logger, damaged, keep every field inside the line and lose nothing", arguments: textSeeds)
    func texts(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let samples = try LoggerFixture.all.flatMap { try $0.lines }.filter { $0.count < 2000 }
        var inspector = LineInspector(lexicon: .plain)
        for _ in 0..<Self.lines {
            var bytes = samples[Int.random(in: 0..<samples.count, using: &random)]
            for _ in 0..<Int.random(in: 0...4, using: &random) where !bytes.isEmpty {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes[at] = UInt8.random(in: 0...255, using: &random)
                case 1: bytes.remove(at: at)
                case 2: bytes.insert(bytes[Int.random(in: 0..<bytes.count, using: &random)], at: at)
                default: bytes.removeSubrange(at...)
                }
            }
            let line = inspector.inspect(bytes, reference: LoggerFixture.reference)
            let isInside =
                line.fields.allSatisfy { $0.range.upperBound <= bytes.count }
                && line.canonical.values.allSatisfy { $0.upperBound <= bytes.count }
            try #require(isInside, "seed \(seed): \(bytes)")
        }
    }

    @Test("A time is the same whether its minute was remembered or not", arguments: seeds)
    func times(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var warm = TimestampReader()
        for _ in 0..<Self.lines / 10 {
            var text = Array("2026-11-21T11:0\(Int.random(in: 0..<10, using: &random)):".utf8)
            text += Array("\(Int.random(in: 10..<70, using: &random))".utf8)
            if Bool.random(using: &random) {
                text += Array(".\(Int.random(in: 0..<1_000_000_000, using: &random))".utf8)
            }
            text += Array(
                ["", "Z", "+01:00", "-0530", " UTC", "z", "+1"].randomElement(using: &random)?.utf8 ?? "".utf8
            )
            if Int.random(in: 0..<4, using: &random) == 0 {
                text[Int.random(in: 0..<text.count, using: &random)] = UInt8.random(in: 0x20..<0x7F, using: &random)
            }
            var cold = TimestampReader()
            let first = withExactBytes(text) { cold.read($0, $1, reference: 0) }
            let second = withExactBytes(text) { warm.read($0, $1, reference: 0) }
            try #require(first == second, "\(String(decoding: text, as: UTF8.self))")
        }
    }
}

/// Random lines for the fuzz: a few statements that repeat, objects of any shape, logfmt, and all of them damaged.
private struct FuzzLines {
    private static let keys = [
        "time", "ts", "level", "severity", "msg", "message", "status", "status_code", "trace_id", "traceId",
        "duration_ms", "latency", "request_id", "req.id", "http", "a", "b-1", "ä",
    ]
    private static let values = [
        "1", "-0.5", "12e3", "true", "null", "\"\"", "\"x\"", "\"two words\"", "\"q\\\"uote\"", "\"back\\\\\"", "[]",
        "[\"one\"]", "[ \"one\" ]", "[1,\"x\"]", "{}", "{\"a\":1}", "{\"id\":\"x\",\"b\":[null]}", "01", "nul",
    ]
    private var json: JSONLines
    private var statements: [[Int]] = []

    init(seed: UInt64) {
        json = JSONLines(seed: seed)
        statements = (0..<6).map { _ in (0..<1 + json.number(7)).map { _ in json.number(Self.keys.count) } }
    }

    mutating func next() -> [UInt8] {
        switch json.number(10) {
        case 0: return json.damaged()
        case 1: return Array(json.anyShape().utf8)
        case 2: return Array(json.sameShape().utf8)
        case 3: return damaged(Array(statement().utf8))
        case 4: return Array(logfmt().utf8)
        case 5: return damaged(Array(logfmt().utf8))
        default: return Array(statement().utf8)
        }
    }

    /// A line of one of a few statements: the same keys, other values.
    private mutating func statement() -> String {
        let keys = statements[json.number(statements.count)]
        let members = keys.map { key in
            // Mostly a key has one kind of value, so that shapes are learnt and met again.
            let isUsual = json.number(12) > 0
            let value = isUsual ? (key % 3 == 0 ? "\(json.number(1000))" : "\"v\(json.number(1000))\"") : anyValue()
            return "\"\(Self.keys[key])\":\(value)"
        }
        return "{" + members.joined(separator: ",") + "}"
    }

    private mutating func logfmt() -> String {
        (0..<1 + json.number(6)).map { _ in
            let value = ["1", "x", "\"two words\"", "\"q\\\"\"", "", "'one two'", "'open", "a=b", "1.5ms"][
                json.number(9)
            ]
            return json.number(8) == 0 ? value : "\(Self.keys[json.number(Self.keys.count)])=\(value)"
        }.joined(separator: json.number(6) == 0 ? "\t " : " ")
    }

    private mutating func anyValue() -> String { Self.values[json.number(Self.values.count)] }

    private mutating func damaged(_ line: [UInt8]) -> [UInt8] {
        guard !line.isEmpty else { return line }
        var line = line
        let at = json.number(line.count)
        switch json.number(3) {
        case 0: line[at] = Array("{}[]\",:\\0a ='\u{0}".utf8)[json.number(14)]
        case 1: line.remove(at: at)
        default: line.insert(Array("{}[]\",:\\0a ='".utf8)[json.number(13)], at: at)
        }
        return line
    }
}
