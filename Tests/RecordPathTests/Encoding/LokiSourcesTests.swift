import RecordPath
import TestSupport
import Testing

/// What Loki cannot tell apart gets times of its own, whichever worker or run encodes it.
@Suite struct LokiSourcesTests {
    private static let base = Int64(1_795_255_200_000_000_000)

    private func path(_ sources: LokiSources) -> RecordPath {
        let names = CanonicalNames(adding: [])
        let policy = RedactionPolicy()
        let lexicon = FieldLexicon(
            sense: { path in
                let name = names.name(ofPath: path)
                return FieldLexicon.Sense(meaning: name.meaning, rank: name.rank)
            },
            verdict: { policy.verdict(forKey: $0) }
        )
        let labels: [(name: String, source: LokiPlan.Source)] = [("level", .level)]
        let loki = LokiPlan(encoding: .json, labels: labels, structuredMetadata: true, host: "test")
        var plan = RecordPlan(lexicon: lexicon, redaction: policy, loki: loki)
        plan.lokiSources = sources
        return RecordPath(plan)
    }

    private func batch(_ key: String, _ times: [Int64], container: String? = nil) -> RecordBatch {
        let batch = RecordBatch()
        let origin = SourceStream.Origin(
            input: "files",
            key: key,
            fallbackService: "shop",
            container: container
        )
        let stream = batch.add(stream: SourceStream(origin))
        for (number, time) in times.enumerated() {
            Array("tick".utf8).withUnsafeBufferPointer {
                batch.append($0, stream: stream, time: time, identity: (1, UInt64(number)))
            }
        }
        return batch
    }

    private func batch(_ key: String, _ lines: [(time: Int64, text: String)]) -> RecordBatch {
        let batch = RecordBatch()
        let stream = batch.add(
            stream: SourceStream(SourceStream.Origin(input: "files", key: key, fallbackService: "shop"))
        )
        for (number, line) in lines.enumerated() {
            Array(line.text.utf8).withUnsafeBufferPointer {
                batch.append($0, stream: stream, time: line.time, identity: (1, UInt64(number)))
            }
        }
        return batch
    }

    /// Time and line of each entry.
    private func entries(_ path: inout RecordPath) -> [String] {
        var body = Arena()
        path.take(.loki, into: &body)
        let text = String(decoding: body.bytes, as: UTF8.self)
        return text.split(separator: "[\"").dropFirst().map { entry in
            entry.split(separator: "\"").prefix(3).joined(separator: " ")
        }
    }

    private func times(_ path: inout RecordPath) -> [Int64] {
        var body = Arena()
        path.take(.loki, into: &body)
        let text = String(decoding: body.bytes, as: UTF8.self)
        return text.split(separator: "[\"").dropFirst().compactMap { Int64($0.prefix(19)) }
    }

    @Test func `Sources of many workers never share a time, and the first one's stays as it is`() {
        let sources = LokiSources()
        var all: [Int64] = []
        for number in 0..<60 {
            var path = path(sources)
            // Many at once, and very many.
            let wanted =
                (0..<300).map { Self.base + Int64($0 / 60 * 100_000_000) }
                + (0..<300).map { _ in Self.base + 900_000_000 }
            path.process(batch("file-\(number)", wanted))
            let given = times(&path)
            if number == 0 { #expect(given.prefix(3) == [Self.base, Self.base + 1, Self.base + 2]) }
            all += given
        }
        #expect(all.count == 60 * 600)
        #expect(Set(all).count == all.count)
    }

    @Test func `Whatever the nanoseconds are, sources never share a time`() {
        var random = SeededGenerator(seed: 6)
        let sources = LokiSources()
        var all: [Int64] = []
        for number in 0..<12 {
            var path = path(sources)
            // Within few microseconds of each other, many times.
            let wanted = (0..<2_000).map {
                Self.base + Int64($0) * 10_000 + Int64.random(in: 0..<4_000, using: &random)
            }
            path.process(batch("file-\(number)", wanted))
            let given = times(&path)
            #expect(zip(wanted, given).allSatisfy { (0...(number == 0 ? 1 : 2_000)).contains($1 - $0) })
            all += given
        }
        #expect(Set(all).count == 12 * 2_000)
    }

    /// As of programs whose times have seconds.
    @Test(arguments: [15, 16, 17, 40, 1_000])
    func `Equal lines of one time are told apart, however many others stand between them`(others: Int) {
        var path = path(LokiSources())
        let lines = ["again"] + (0..<others).map { "other \($0)" } + ["again", "other 0", "again"]
        path.process(batch("one", lines.map { (Self.base, $0) }))
        path.process(batch("one", [(Self.base + 1_000_000_000, "later"), (Self.base, "again")]))
        #expect(Set(entries(&path)).count == others + 6)
    }

    /// Trying every time from the first one on would take minutes.
    @Test(.timeLimit(.minutes(1))) func `Very many equal lines of one time are told apart in no time`() {
        var path = path(LokiSources())
        for _ in 0..<2 { path.process(batch("one", Array(repeating: Self.base, count: 100_000))) }
        let given = times(&path)
        #expect(given.count == 200_000 && Set(given).count == given.count)
    }

    @Test func `Within one worker too, one source read long after the other`() {
        var path = path(LokiSources())
        let wanted = (0..<50_000).map { Self.base + Int64($0) * 1_000_000 }
        path.process(batch("one", wanted))
        var all = times(&path)
        path.process(batch("two", wanted))
        all += times(&path)
        #expect(Set(all).count == 100_000)
        #expect(zip(wanted + wanted, all).allSatisfy { (0..<2_000).contains($1 - $0) })
    }

    @Test func `What Loki can tell apart by metadata or labels keeps its times`() {
        let sources = LokiSources()
        for name in ["a", "b", "c"] {
            var path = path(sources)
            path.process(batch("container-" + name, [Self.base, Self.base + 5], container: name))
            #expect(times(&path) == [Self.base, Self.base + 5])
        }
    }

    @Test func `A later run gives no time that an earlier one has given`() {
        var all: [Int64] = []
        var frontier = Int64.min
        for run in 0..<40 {
            let sources = LokiSources(run: UInt64(run), frontier: frontier)
            for source in ["one", "two"] {
                var path = path(sources)
                path.process(batch(source, Array(repeating: Self.base, count: 20)))
                all += times(&path)
            }
            frontier = all.max() ?? .min
        }
        #expect(all.count == 1_600)
        #expect(Set(all).count == 1_600)
        var path = path(LokiSources(run: 40, frontier: frontier))
        path.process(batch("one", [frontier + 1]))
        #expect(times(&path) == [frontier + 1], "what is newer than everything sent stays")
    }
}
