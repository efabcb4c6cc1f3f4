import RecordPath

/// The positions of one worker's batches, given out once nothing before them still waits to become a record.
///
/// A line may wait for lines of later batches, to become one record with them; the position behind it must wait too.
/// Lines of the same streams that came before it in such a batch are records already: a run that goes on from the
/// position that is kept reads them again and must know them (`ConsumedLines`). A value, so that it can be tested
/// without threads.
package struct HeldMarks {
    private struct Entry {
        let number: UInt64
        var marks: [RecordBatch.Mark]
        /// All lines of the batch, also those that were left out as known; of streams that are held, once the rest is
        /// free.
        var lines: [RecordBatch.Line]
        let streams: [SourceStream]

        /// Whether a position is that of one stream alone; journald has one for all of them.
        func isOfOneStream(_ mark: RecordBatch.Mark) -> Bool { streams.contains { $0.origin.key == mark.key } }

        /// By the number of a stream, whether its lines lie behind a position that is held.
        var holds: [Bool] {
            let isShared = marks.contains { !isOfOneStream($0) }
            return streams.map { stream in isShared || marks.contains { $0.key == stream.origin.key } }
        }

        /// Forgets the lines of streams that are free.
        mutating func forgetFree() {
            let holds = holds
            if !holds.allSatisfy(\.self) { lines.removeAll { !holds[Int($0.stream)] } }
        }
    }

    /// More should not be left when a group has been closed.
    package static let linesMax = 32_768

    private var entries: [Entry] = []
    /// Lines that are remembered.
    package private(set) var lines = 0

    /// Makes an empty one.
    package init() {}

    /// Whether nothing is held.
    package var isEmpty: Bool { entries.isEmpty }

    /// Takes a batch's positions and lines, in the order of the numbers.
    package mutating func add(_ batch: RecordBatch, number: UInt64) {
        guard !batch.marks.isEmpty else { return }
        lines += batch.lines.count
        entries.append(Entry(number: number, marks: batch.marks, lines: batch.lines, streams: batch.streams))
    }

    /// Takes out the positions that may be kept now, in order, and tells which lines behind those that may not are
    /// records already; `tails` are the lines that wait.
    package mutating func take(_ tails: [OpenTail]) -> (marks: [RecordBatch.Mark], consumed: ConsumedLines) {
        let oldest = tails.map(\.batch).min() ?? .max
        let waiting = Dictionary(tails.map { ($0.key, $0.batch) }, uniquingKeysWith: min)
        var free: [RecordBatch.Mark] = []
        for index in entries.indices {
            let entry = entries[index]
            let isHeld = { (mark: RecordBatch.Mark) in
                (entry.isOfOneStream(mark) ? waiting[mark.key] ?? .max : oldest) <= entry.number
            }
            free += entry.marks.filter { !isHeld($0) }
            entries[index].marks = entry.marks.filter(isHeld)
        }
        entries.removeAll(where: \.marks.isEmpty)
        for index in entries.indices { entries[index].forgetFree() }
        lines = entries.reduce(0) { $0 + $1.lines.count }
        return (free, consumed(tails))
    }

    private func consumed(_ tails: [OpenTail]) -> ConsumedLines {
        var lines: [String: [UInt64]] = [:]
        for entry in entries {
            let held = entry.holds
            for line in entry.lines where held[Int(line.stream)] {
                lines[entry.streams[Int(line.stream)].origin.key, default: []].append(ConsumedLines.id(of: line))
            }
        }
        for tail in tails {
            guard let all = lines[tail.key] else { continue }
            lines[tail.key] = all.dropLast(tail.lines)
        }
        return ConsumedLines(lines.mapValues { Set($0) }.filter { !$0.value.isEmpty })
    }
}
