import CReference
import RecordPath

/// Each format alone: scanned, parsed, and its canonical fields read; JSON next to simdjson on the same bytes.
///
/// The scan does not seek what must be redacted: that is measured with the redaction.
///
/// `Benchmarks formats` prints only these, `Benchmarks formats NAME` only those whose name holds NAME.
enum FormatsBench {
    private static let policy = RedactionPolicy()

    static func run(_ lexicon: FieldLexicon) {
        let work = Workload(lines: 100_000)
        json("JSON, settled", work, lexicon, bar: 100)
        var lines = FormatLines()
        json(
            "JSON, another shape each line",
            Workload(lines: 100_000) { $0 += lines.changingJSON().utf8 },
            lexicon,
            bar: 50
        )
        plain("logfmt", Workload(lines: 100_000) { $0 += lines.logfmt().utf8 }, lexicon, bar: 600)
        plain("access log, combined", Workload(lines: 100_000) { $0 += lines.accessLog().utf8 }, lexicon, bar: 600)
        plain("logback", Workload(lines: 100_000) { $0 += lines.logback().utf8 }, lexicon, bar: nil)
        plain("text", Workload(lines: 100_000) { $0 += lines.text().utf8 }, lexicon, bar: 1500)
        detection(work, lexicon)
        joining(work, lexicon)
    }

    private static let wanted = CommandLine.arguments.last.flatMap { $0 == "formats" ? nil : $0 } ?? ""

    private static func isWanted(_ name: String) -> Bool { wanted.isEmpty || name.contains(wanted) }

    private static func json(_ name: String, _ work: Workload, _ lexicon: FieldLexicon, bar: Int) {
        guard isWanted(name) else { return }
        let simdjson = CPUClock.best { _ = reference_simdjson(work.bytes, work.count) }
        for reads in [false, true] {
            let seconds = parse(work, lexicon, reads: reads)
            let share = Int(simdjson / seconds * 100)
            let rate = "\(rate(work, seconds)) MB/s, simdjson \(rate(work, simdjson)) MB/s: \(share)%"
            print(pad("\(name), fields \(reads ? "read" : "found")") + rate + " (bar \(bar)%)")
        }
    }

    private static func plain(_ name: String, _ work: Workload, _ lexicon: FieldLexicon, bar: Int?) {
        guard isWanted(name) else { return }
        for reads in [false, true] {
            let seconds = parse(work, lexicon, reads: reads)
            let text = bar.map { " (bar \($0) MB/s)" } ?? ""
            print(pad("\(name), fields \(reads ? "read" : "found")") + "\(rate(work, seconds)) MB/s" + text)
        }
    }

    /// What it costs that any format may come, against being told which one does.
    private static func detection(_ json: Workload, _ lexicon: FieldLexicon) {
        guard isWanted("detection") else { return }
        var lines = FormatLines()
        let streams: [(String, FormatChoice, Workload)] = [
            ("JSON", FormatChoice(takesLogfmt: false, text: []), json),
            (
                "logfmt", FormatChoice(takesJSON: false, text: []),
                Workload(lines: 100_000) { $0 += lines.logfmt().utf8 }
            ),
            (
                "access log", FormatChoice(takesJSON: false, takesLogfmt: false, text: [.clf]),
                Workload(lines: 100_000) { $0 += lines.accessLog().utf8 }
            ),
            (
                "logback", FormatChoice(takesJSON: false, takesLogfmt: false, text: [.timestamped]),
                Workload(lines: 100_000) { $0 += lines.logback().utf8 }
            ),
            (
                "text", FormatChoice(takesJSON: false, takesLogfmt: false, text: []),
                Workload(lines: 100_000) { $0 += lines.text().utf8 }
            ),
        ]
        for (name, choice, work) in streams {
            var told = ParserBench(lexicon: lexicon, policy: policy, looksForSecrets: false, formats: choice)
            var free = ParserBench(lexicon: lexicon, policy: policy, looksForSecrets: false)
            var best = (told: Double.infinity, free: Double.infinity)
            // In turns, so that both have the same neighbours on the machine.
            for _ in 0..<15 {
                best.told = min(best.told, once(work, &told))
                best.free = min(best.free, once(work, &free))
            }
            let tenths = Int((best.free - best.told) / best.free * 1000)
            print(pad("format detection, settled stream of \(name)") + "\(Double(tenths) / 10)% (bar 2%)")
        }
    }

    private static func once(_ work: Workload, _ parser: inout ParserBench) -> Double {
        let start = CPUClock.seconds
        for batch in work.batches { parser.parse(batch, reads: true) }
        return CPUClock.seconds - start
    }

    /// What joining costs where nothing is joined, and where every line is looked at.
    private static func joining(_ json: Workload, _ lexicon: FieldLexicon) {
        guard isWanted("joining") else { return }
        var lines = FormatLines()
        for (name, work) in [("JSON", json), ("logback", Workload(lines: 100_000) { $0 += lines.logback().utf8 })] {
            let costs = [MultilineChoice.off, .auto].map { choice in
                var plan = RecordPlan(lexicon: lexicon, redaction: policy)
                plan.multiline = choice
                var path = RecordPath(plan)
                return CPUClock.best { for batch in work.batches { path.process(batch) } } / Double(work.lines) * 1e9
            }
            print(pad("record path, \(name), joining off and on") + "\(Int(costs[0])) and \(Int(costs[1])) ns/line")
        }
    }

    private static func parse(_ work: Workload, _ lexicon: FieldLexicon, reads: Bool) -> Double {
        var parser = ParserBench(lexicon: lexicon, policy: policy, looksForSecrets: false)
        return CPUClock.best { for batch in work.batches { parser.parse(batch, reads: reads) } }
    }

    private static func rate(_ work: Workload, _ seconds: Double) -> Int { Int(Double(work.count) / seconds / 1e6) }

    private static func pad(_ text: String) -> String {
        text + String(repeating: " ", count: max(1, 52 - text.count))
    }
}
