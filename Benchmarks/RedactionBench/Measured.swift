import AllocationCounter
import RE2Set
import RecordPath

/// Runs lines through what is to be compared, and says how fast it was.
enum Measured {
    /// A policy with everything on, or with nothing.
    static func policy(isOn: Bool) -> RedactionPolicy {
        var problems: [RedactionProblem] = []
        let choice = isOn ? "all" : "-all"
        return RedactionPolicy(RedactionOptions(detectors: [choice], keys: [choice]), problems: &problems)
    }

    static func lexicon(_ policy: RedactionPolicy) -> FieldLexicon {
        let names = CanonicalNames(adding: [])
        return FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
    }

    /// MB/s of `martlet redact`: kernel, parser and engine.
    static func redaction(_ lines: Lines, _ policy: RedactionPolicy, runs: Int) -> (rate: Double, allocations: Double) {
        var redactor = LineRedactor(lexicon: lexicon(policy), policy: policy)
        var output = Arena(capacity: 4 << 20)
        var allocations: UInt64 = 0
        let seconds = lines.bytes.withUnsafeBufferPointer { bytes -> Double in
            guard let base = bytes.baseAddress else { return 1 }
            return CPUClock.best(of: runs) {
                let before = allocations_of_this_thread()
                for range in lines.ranges {
                    if output.count > 3 << 20 { output.removeAll() }
                    _ = redactor.redact(base + range.lowerBound, range.count, into: &output)
                }
                allocations = allocations_of_this_thread() - before
            }
        }
        return (Double(lines.count) / seconds / 1e6, Double(allocations) / Double(lines.ranges.count))
    }

    /// MB/s of kernel and parser alone.
    static func parsing(_ lines: Lines, _ policy: RedactionPolicy, runs: Int) -> Double {
        var parser = ParserBench(lexicon: lexicon(policy), policy: policy)
        let batches = batches(lines)
        return Double(lines.count) / CPUClock.best(of: runs) { for batch in batches { parser.parse(batch) } } / 1e6
    }

    /// MB/s of the whole record path into Loki's protobuf.
    static func recordPath(_ lines: Lines, _ policy: RedactionPolicy, runs: Int) -> Double {
        let loki = LokiPlan(
            encoding: .protobuf,
            labels: [("level", .level), ("host", .host)],
            structuredMetadata: true,
            host: "bench"
        )
        var path = RecordPath(RecordPlan(lexicon: lexicon(policy), redaction: policy, loki: loki))
        var body = Arena(capacity: 4 << 20)
        let batches = batches(lines)
        let seconds = CPUClock.best(of: runs) {
            for batch in batches {
                path.process(batch)
                guard path.pending(.loki).bytes > 1 << 20 else { continue }
                body.removeAll()
                path.take(.loki, into: &body)
            }
        }
        return Double(lines.count) / seconds / 1e6
    }

    /// MB/s of RE2::Set on the lines: finding only, no rewriting.
    static func expressions(_ lines: Lines, _ set: OpaquePointer?, runs: Int) -> Double {
        lines.bytes.withUnsafeBufferPointer { bytes -> Double in
            guard let base = bytes.baseAddress else { return 0 }
            let seconds = CPUClock.best(of: runs) {
                for range in lines.ranges { _ = re2_set_match(set, base + range.lowerBound, range.count) }
            }
            return Double(lines.count) / seconds / 1e6
        }
    }

    private static func batches(_ lines: Lines) -> [RecordBatch] {
        let stream = SourceStream(.init(input: "docker", key: "docker:bench:stdout", fallbackService: "shop"))
        var batches: [RecordBatch] = []
        var batch = RecordBatch()
        var index = batch.add(stream: stream)
        for (number, range) in lines.ranges.enumerated() {
            lines.bytes[range].withUnsafeBufferPointer {
                batch.append(
                    $0,
                    stream: index,
                    time: 1_795_260_000_000_000_000 + Int64(number),
                    identity: (1, UInt64(number))
                )
            }
            if batch.bytes.count >= RecordBatch.targetBytes {
                batches.append(batch)
                batch = RecordBatch()
                index = batch.add(stream: stream)
            }
        }
        return batches + [batch]
    }
}
