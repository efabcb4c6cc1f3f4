import Inputs
import RecordPath
import TestSupport
import Testing

/// A model of the engine's log, read, interrupted and read again; the oracle is the log itself.
@Suite("Resuming a container's log")
struct ResumeTests {
    private struct Entry: Equatable {
        var kind: UInt8
        var time: Int64
        var text: String
        var isPart = false

        var frame: [UInt8] {
            let (second, nanosecond) = (Int(time / 1_000_000_000), Int(time % 1_000_000_000))
            return LogStreamBytes.frame(
                kind,
                LogStreamBytes.message(text + (isPart ? "" : "\n"), second: second, nanosecond: nanosecond)
            )
        }
    }

    private static let id = "c0ffee"
    private static let day = LogStreamBytes.time(0, 0)

    /// What an engine sends: up to 20.10 every message not older than `since`, later all from the first such one.
    private func sent(_ log: [Entry], since: Int64, oldEngine: Bool) -> [Entry] {
        let isWanted = { (entry: Entry) in Self.day + entry.time >= since }
        return oldEngine ? log.filter(isWanted) : Array(log.drop { !isWanted($0) })
    }

    /// A log of two streams.
    ///
    /// Each stream's times go up, in steps that are often zero; the streams are apart by up to a second, as when
    /// one waits for the log's lock. Few texts, so that lines are often equal.
    private func makeLog(_ count: Int, withParts: Bool, _ random: inout SeededGenerator) -> [Entry] {
        var entries: [(append: Int64, Entry)] = []
        for kind in [UInt8(1), 2] {
            var time: Int64 = 0
            var append: Int64 = 0
            for _ in 0..<count {
                let step = [0, 0, 0, 1, 1_000, 400_000_000, 5_000_000_000].randomElement(using: &random) ?? 0
                time += Int64(step)
                append = max(append, time + .random(in: 0...1_000_000_000, using: &random))
                let text = ["a", "b", "a longer line"].randomElement(using: &random) ?? "a"
                let parts = withParts && Int.random(in: 0..<8, using: &random) == 0 ? 3 : 1
                for part in 1...parts {
                    // The end of a line may be long in coming; the next line takes its time only then.
                    if part > 1 { append += .random(in: 0...9_000_000_000, using: &random) }
                    entries.append((append, Entry(kind: kind, time: time, text: text, isPart: part < parts)))
                }
                if parts > 1 { time = append }
            }
        }
        return entries.enumerated().sorted { ($0.element.append, $0.offset) < ($1.element.append, $1.offset) }
            .map(\.element.1)
    }

    private func makeLog(_ positions: [String: String], _ sink: CollectingSink) -> (ContainerLog, BatchWriter) {
        let writer = BatchWriter(sink: sink)
        let log = ContainerLog(
            ContainerDetails(id: Self.id, name: "shop"),
            floor: 0,
            positions: positions,
            writer: writer
        )
        writer.willSend = { [unowned log] batch, _ in log.mark(in: batch) }
        return (log, writer)
    }

    private func feed(
        _ entries: some Sequence<Entry>,
        to log: ContainerLog,
        _ writer: BatchWriter,
        _ random: inout SeededGenerator
    ) throws {
        for piece in random.pieces(of: entries.flatMap(\.frame), upTo: 400) {
            try piece.withUnsafeBufferPointer { try log.take($0, now: 0) }
            if Int.random(in: 0..<4, using: &random) == 0 { writer.flush() }
        }
    }

    private func connect(_ log: ContainerLog) -> Int64 {
        let since = log.since(now: .max)
        log.connected(since: since)
        return since
    }

    /// What one uninterrupted reading gives.
    private func wholeReading(_ entries: [Entry]) throws -> [CollectingSink.Line] {
        let sink = CollectingSink()
        var random = SeededGenerator(seed: 0)
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed(entries, to: log, writer, &random)
        writer.flush()
        return sink.lines()
    }

    private func lines(_ lines: [CollectingSink.Line], _ stream: String) -> [CollectingSink.Line] {
        lines.filter { $0.key.hasSuffix(stream) }
    }

    @Test("loses and repeats nothing over broken connections and killed agents", arguments: 0..<150)
    func interrupted(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let entries = makeLog(40, withParts: true, &random)
        let expected = try wholeReading(entries)
        let oldEngine = seed % 2 == 0
        var kept: [CollectingSink.Line] = []
        var positions: [String: String] = [:]
        var written = 0
        while written < entries.count {
            let sink = CollectingSink()
            let (log, writer) = makeLog(positions, sink)
            // A few connections that break, each when the log has grown, then a kill of the agent.
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                written = min(entries.count, written + Int.random(in: 0...40, using: &random))
                let replay = sent(Array(entries[..<written]), since: connect(log), oldEngine: oldEngine)
                let count = written == entries.count ? replay.count : Int.random(in: 0...replay.count, using: &random)
                try feed(replay.prefix(count), to: log, writer, &random)
                log.disconnected()
            }
            if written == entries.count { writer.flush() }
            let safe = written == entries.count ? sink.batchCount : Int.random(in: 0...sink.batchCount, using: &random)
            kept += sink.lines(inFirst: safe)
            positions = sink.positions(after: safe, from: positions)
            #expect(log.takeGaps() == 0)
        }
        for stream in ["stdout", "stderr"] { #expect(lines(kept, stream) == lines(expected, stream)) }
    }

    @Test("loses nothing that is still there when the engine has removed its oldest file", arguments: 0..<150)
    func rotated(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let entries = makeLog(40, withParts: false, &random)
        let expected = try wholeReading(entries)
        let cut = Int.random(in: 1..<entries.count, using: &random)
        let sink = CollectingSink()
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed(entries[..<cut], to: log, writer, &random)
        writer.flush()
        let kept = sink.lines()
        // Everything up to some entry is gone, of which some may not have been read.
        let gone = Int.random(in: 0..<entries.count, using: &random)
        let second = CollectingSink()
        let (resumed, next) = makeLog(sink.positions(), second)
        let left = sent(Array(entries[gone...]), since: connect(resumed), oldEngine: seed % 2 == 0)
        try feed(left, to: resumed, next, &random)
        next.flush()
        for (kind, stream) in [(UInt8(1), "stdout"), (2, "stderr")] {
            let all = lines(expected, stream)
            let read = lines(kept, stream).count
            let goneLines = entries[..<gone].count { $0.kind == kind }
            let after = lines(second.lines(), stream).map(\.text)
            // Lines of one time and text cannot be told apart where some of them are gone.
            let boundary = goneLines < all.count ? all[goneLines].time : 0
            guard goneLines == 0 || all[..<goneLines].last?.time != boundary else { continue }
            #expect(after == all[max(read, goneLines)...].map(\.text), "\(stream)")
        }
    }

    @Test("counts a gap when lines were removed before they could be read")
    func gap() throws {
        let entries = (0..<30).map { Entry(kind: 1, time: Int64($0) * 1_000_000_000, text: "line \($0)") }
        var random = SeededGenerator(seed: 1)
        let sink = CollectingSink()
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed(entries[..<10], to: log, writer, &random)
        log.disconnected()
        _ = connect(log)
        try feed(entries[20...], to: log, writer, &random)
        writer.flush()
        #expect(sink.texts() == (Array(0..<10) + Array(20..<30)).map { "line \($0)" })
        #expect(log.takeGaps() == 1)
        #expect(log.takeGaps() == 0)
    }

    @Test("does not take a stream that was silent for long for a gap")
    func silentStream() throws {
        var random = SeededGenerator(seed: 1)
        let first = Entry(kind: 2, time: 0, text: "an error")
        let entries = (1..<40).map { Entry(kind: 1, time: Int64($0) * 1_000_000_000, text: "line \($0)") }
        let second = Entry(kind: 2, time: 50_000_000_000, text: "an error")
        let sink = CollectingSink()
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed([first] + entries, to: log, writer, &random)
        writer.flush()
        let (resumed, next) = makeLog(sink.positions(), sink)
        let since = connect(resumed)
        #expect(since == Self.day + 36_000_000_000)
        try feed(sent([first] + entries + [second], since: since, oldEngine: true), to: resumed, next, &random)
        next.flush()
        #expect(sink.texts("stderr") == ["an error", "an error"])
        #expect(sink.texts("stdout").count == 39)
        #expect(resumed.takeGaps() == 0)
    }

    @Test("goes back to the beginning when the clock was set back behind the last line")
    func clockSetBack() throws {
        var random = SeededGenerator(seed: 1)
        let before = (0..<20).map { Entry(kind: 1, time: Int64(1_000 + $0) * 1_000_000_000, text: "old \($0)") }
        let after = (0..<20).map { Entry(kind: 1, time: Int64($0) * 1_000_000_000, text: "new \($0)") }
        let sink = CollectingSink()
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed(before, to: log, writer, &random)
        log.disconnected()
        let since = log.since(now: Self.day + 20_000_000_000)
        #expect(since == 0)
        log.connected(since: since)
        try feed(before + after, to: log, writer, &random)
        writer.flush()
        #expect(sink.texts() == (before + after).map(\.text))
        #expect(log.takeGaps() == 0)
    }

    @Test("reads a half line again that was open when the connection broke")
    func openLine() throws {
        var random = SeededGenerator(seed: 1)
        let part = Entry(kind: 2, time: 1_000_000_000, text: "half ", isPart: true)
        let others = (2..<60).map { Entry(kind: 1, time: Int64($0) * 1_000_000_000, text: "line \($0)") }
        let rest = Entry(kind: 2, time: 1_000_000_000, text: "whole")
        let sink = CollectingSink()
        let (log, writer) = makeLog([:], sink)
        _ = connect(log)
        try feed([part] + others, to: log, writer, &random)
        writer.flush()
        let (resumed, next) = makeLog(sink.positions(), sink)
        let since = connect(resumed)
        #expect(since <= Self.day + part.time)
        try feed(sent([part] + others + [rest], since: since, oldEngine: true), to: resumed, next, &random)
        next.flush()
        #expect(sink.texts("stderr") == ["half whole"])
        #expect(sink.texts("stdout") == others.map(\.text))
    }
}
