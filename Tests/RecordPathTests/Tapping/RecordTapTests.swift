import RecordPath
import Testing

@Suite struct RecordTapTests {
    private static let trace = "4bf92f3577b34da6a3ce929d0e0e4736"
    private static let lines = [
        #"{"service":"shop","level":"info","msg":"mail bob@example.com"}"#,
        "{\"service\":\"shop\",\"level\":\"error\",\"msg\":\"declined\",\"trace_id\":\"\(trace)\"}",
        #"{"service":"cart","level":"warn","msg":"slow"}"#,
    ]

    /// What a watcher with a filter is shown of some lines.
    private static func shown(_ filter: TapFilter, _ lines: [String] = lines) -> [String] {
        let tap = RecordTap(documents: DocumentPlan(bulk: false, archive: true, host: "h"))
        var bench = JudgementBench { $0.tap = tap }
        _ = tap.ask("me", filter, now: 0)
        bench.process(lines)
        let found = tap.ask("me", filter, now: 0)?.bytes ?? []
        return String(decoding: found, as: UTF8.self).split(separator: "\n").map(String.init)
    }

    @Test func `A watcher sees redacted lines only`() {
        let raw = Self.shown(TapFilter(form: .raw))
        #expect(raw == [Self.lines[0].replacing("bob@example.com", with: "[REDACTED:email]")] + Self.lines[1...])
        for form in TapFilter.Form.allCases {
            #expect(!Self.shown(TapFilter(form: form)).joined().contains("bob@"))
        }
    }

    @Test func `Text shows time, level, service and message, JSON the document`() throws {
        let text = Self.shown(TapFilter(form: .text))
        #expect(text.first == "2026-11-21T11:37:37.000Z  INFO   shop  mail [REDACTED:email]")
        let document = try #require(Self.shown(TapFilter(form: .json)).last)
        #expect(document.hasPrefix("{\"@timestamp\":\"2026-11-21T11:37:37.000000000Z\""))
        #expect(document.contains("\"service.name\":\"cart\"") && document.hasSuffix("}"))
    }

    @Test func `A filter lets through what fits all it says`() {
        let trace = TraceID(high: 0x4bf9_2f35_77b3_4da6, low: 0xa3ce_929d_0e0e_4736)
        #expect(Self.shown(TapFilter(form: .raw, service: "cart")) == [Self.lines[2]])
        #expect(Self.shown(TapFilter(form: .raw, level: .warn)) == Array(Self.lines[1...]))
        #expect(Self.shown(TapFilter(form: .raw, trace: trace)) == [Self.lines[1]])
        #expect(Self.shown(TapFilter(form: .raw, text: Array("slow".utf8))) == [Self.lines[2]])
        #expect(Self.shown(TapFilter(form: .raw, text: Array("}".utf8))).count == 3)
        #expect(Self.shown(TapFilter(form: .raw, service: "cart", level: .error)).isEmpty)
    }

    @Test func `What has been redacted cannot be found by its old text`() {
        #expect(Self.shown(TapFilter(form: .raw, text: Array("bob@example.com".utf8))).isEmpty)
    }

    @Test func `What finds no room is counted, not waited for`() {
        let line = "{\"msg\":\"\(String(repeating: "x", count: 1000))\"}"
        let tap = RecordTap(documents: DocumentPlan(bulk: false, archive: true, host: "h"))
        var bench = JudgementBench { $0.tap = tap }
        _ = tap.ask("me", TapFilter(form: .raw), now: 0)
        bench.process(Array(repeating: line, count: 1000))
        let found = tap.ask("me", TapFilter(form: .raw), now: 0) ?? .init()
        let shown = found.bytes.count { $0 == 0x0A }
        #expect(shown > 200 && shown + found.missed == 1000)
        #expect(tap.ask("me", TapFilter(form: .raw), now: 0) == .init())
    }

    @Test func `Only so many watch at a time, and who stops asking makes room`() {
        let tap = RecordTap(documents: DocumentPlan(bulk: false, archive: true, host: "h"))
        let filter = TapFilter(form: .raw)
        let second: Int64 = 1_000_000_000
        for number in 0..<RecordTap.maximumWatchers { #expect(tap.ask("\(number)", filter, now: 0) != nil) }
        #expect(tap.ask("late", filter, now: 5 * second) == nil)
        #expect(tap.ask("0", filter, now: 5 * second) != nil)
        #expect(tap.ask("late", filter, now: 11 * second) != nil)
    }

    @Test func `Sources that come while somebody watches are known by name`() {
        let tap = RecordTap(documents: DocumentPlan(bulk: false, archive: true, host: "h"))
        var bench = JudgementBench { $0.tap = tap }
        bench.process(Self.lines)
        _ = tap.ask("me", TapFilter(form: .json), now: 0)
        bench.process(Self.lines)
        bench.process(Self.lines)
        let found = tap.ask("me", TapFilter(form: .json), now: 0) ?? .init()
        #expect(found.bytes.count { $0 == 0x0A } == 6 && found.missed == 0)
    }
}
