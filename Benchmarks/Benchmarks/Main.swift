import AllocationCounter
import CReference
import Outputs
import RecordPath

/// `make bench`: MB/s and lines/s per CPU second of each stage, next to simdjson and zlib on the same bytes.
@main
enum Benchmarks {
    static func main() {
        if CommandLine.arguments.contains("formats") { return FormatsBench.run(lexicon(RedactionPolicy())) }
        if CommandLine.arguments.contains("probe") { return probe(CommandLine.arguments) }
        let parts = (0..<7).map { Workload(lines: 100_000, part: $0) }
        let work = parts[0]
        if CommandLine.arguments.contains("signals") {
            return SignalCost.report(parts, plan(RedactionPolicy(), loki(.protobuf), nil))
        }
        print(
            "\(work.lines) JSON lines, \(work.count / work.lines) bytes each, 8% with something to redact; one thread, CPU time, best of 5"
        )
        let simdjson = CPUClock.best { _ = reference_simdjson(work.bytes, work.count) }
        report("simdjson DOM parse_many (C++)", simdjson, work, simdjson)
        report(
            "zlib -1 of the raw bytes (C)",
            CPUClock.best { _ = reference_zlib(work.bytes, work.count) },
            work,
            simdjson
        )

        let policy = RedactionPolicy()
        report("scan and parse", parse(work, policy), work, simdjson)
        report("scan, parse and redact", redact(work, policy), work, simdjson)
        let plans: [(String, LokiPlan?, DocumentPlan?)] = [
            ("record path, counted only", nil, nil), ("record path into Loki protobuf, no codec", loki(.protobuf), nil),
            ("record path into Loki JSON, no codec", loki(.json), nil),
            ("record path into Loki and OpenSearch, no codec", loki(.protobuf), documents),
        ]
        for (name, loki, documents) in plans { run(name, parts, plan(policy, loki, documents), [], simdjson) }
        run("… Loki protobuf + snappy", parts, plan(policy, loki(.protobuf), nil), [(.loki, .snappy)], simdjson)
        let gzip = Compression.gzip(GzipCodec.best(), level: 1)
        run(
            "… Loki JSON + gzip (\(GzipCodec.best()))",
            parts,
            plan(policy, loki(.json), nil),
            [(.loki, gzip)],
            simdjson
        )
        run(
            "… OpenSearch + gzip (\(GzipCodec.best()))",
            parts,
            plan(policy, nil, documents),
            [(.opensearch, gzip)],
            simdjson
        )
        // Both outputs at once: at least 70% of one.
        run(
            "… both: Loki protobuf + snappy, OpenSearch + gzip",
            parts,
            plan(policy, loki(.protobuf), documents),
            [(.loki, .snappy), (.opensearch, gzip)],
            simdjson
        )
        if isWanted("signals") { SignalCost.report(parts, plan(policy, loki(.protobuf), nil)) }
        if isWanted("spool") {
            var spool = SpoolBench(parts, plan(policy, loki(.protobuf), nil))
            spool.run()
        }
        for (name, share) in [("2%", 20), ("8%", 80), ("100%", 1000)] {
            let sensitive = Workload(lines: 100_000, sensitivePerMille: share)
            report("redaction alone, \(name) of lines sensitive", redact(sensitive, policy), sensitive, nil)
        }
        if isWanted("formats") { FormatsBench.run(lexicon(policy)) }
    }

    private static func probe(_ arguments: [String]) {
        let policy = RedactionPolicy()
        var path = plan(
            policy,
            arguments.contains("loki") ? loki(.protobuf) : nil,
            arguments.contains("documents") ? documents : nil
        )
        path.observes = !arguments.contains("bare")
        path.remember = arguments.contains("traces") ? 300_000_000_000 : 0
        if arguments.contains("slos") { path.add(SignalCost.mixed) }
        if arguments.contains("numeric") { path.add(SignalCost.numeric(20)) }
        Probe.run(Workload(lines: 50_000), path, passes: arguments.compactMap { Int($0) }.last ?? 10)
    }

    private static func loki(_ encoding: LokiPlan.Encoding) -> LokiPlan {
        LokiPlan(
            encoding: encoding,
            labels: [("level", .level), ("host", .host)],
            structuredMetadata: true,
            host: "bench"
        )
    }

    private static let documents = DocumentPlan(bulk: true, archive: false, host: "bench")

    private static func plan(_ policy: RedactionPolicy, _ loki: LokiPlan?, _ documents: DocumentPlan?) -> RecordPlan {
        RecordPlan(lexicon: lexicon(policy), redaction: policy, loki: loki, documents: documents)
    }

    private static func lexicon(_ policy: RedactionPolicy) -> FieldLexicon {
        let names = CanonicalNames(adding: [])
        return FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
    }

    private static func parse(_ work: Workload, _ policy: RedactionPolicy) -> Double {
        var parser = ParserBench(lexicon: lexicon(policy), policy: policy)
        return CPUClock.best { for batch in work.batches { parser.parse(batch) } }
    }

    private static func redact(_ work: Workload, _ policy: RedactionPolicy) -> Double {
        var redactor = LineRedactor(lexicon: lexicon(policy), policy: policy)
        var out = Arena(capacity: 4 << 20)
        return CPUClock.best {
            for batch in work.batches {
                out.removeAll()
                batch.bytes.withBytes { bytes in
                    guard let base = bytes.baseAddress else { return }
                    for line in batch.lines {
                        _ = redactor.redact(base + Int(line.offset), Int(line.length), into: &out)
                    }
                }
            }
        }
    }

    private static func run(
        _ name: String,
        _ parts: [Workload],
        _ plan: RecordPlan,
        _ codecs: [(EncoderKind, Compression)],
        _ simdjson: Double
    ) {
        guard isWanted(name) else { return }
        var path = RecordPath(plan)
        var body = Arena(capacity: 4 << 20)
        let kinds = codecs.map(\.0)
        var loki = Compressor(codecs.first { $0.0 == .loki }?.1 ?? .none)
        var bulk = Compressor(codecs.first { $0.0 == .opensearch }?.1 ?? .none)
        // Each run takes the next part: time never goes back, as in a live log.
        var next = 0
        let once = {
            defer { next += 1 }
            for batch in parts[next].batches {
                path.process(batch)
                for kind in EncoderKind.allCases where path.pending(kind).bytes > 1 << 20 {
                    body.removeAll()
                    path.take(kind, into: &body)
                    guard kinds.contains(kind) else { continue }
                    body.withBytes { bytes in
                        let raw = UnsafeRawBufferPointer(bytes)
                        _ = kind == .loki ? loki?.compress(raw) : bulk?.compress(raw)
                    }
                }
            }
        }
        once()
        let before = allocations_of_this_thread()
        once()
        let allocations = allocations_of_this_thread() - before
        let perLine = Double(allocations) / Double(parts[1].lines)
        report(name, CPUClock.best(once), parts[0], simdjson, allocations: perLine)
    }

    /// `make bench ARGS=snappy` runs only the stages whose name contains that.
    private static func isWanted(_ name: String) -> Bool {
        CommandLine.arguments.dropFirst().allSatisfy { name.contains($0) }
    }

    private static func report(
        _ name: String,
        _ measured: @autoclosure () -> Double,
        _ work: Workload,
        _ simdjson: Double?,
        allocations: Double? = nil
    ) {
        guard isWanted(name) else { return }
        let seconds = measured()
        let megabytes = Int(Double(work.count) / seconds / 1e6)
        let lines = Int(Double(work.lines) / seconds)
        let pad = String(repeating: " ", count: max(1, 52 - name.count))
        var text =
            "\(name)\(pad)\(megabytes) MB/s  \(lines) lines/s  \(Int(seconds / Double(work.lines) * 1e9)) ns/line"
        if let simdjson { text += "  \(Int(simdjson / seconds * 100))% of simdjson" }
        if let allocations { text += "  \(Int(allocations * 1000)) allocations per 1000 lines" }
        print(text)
    }
}
