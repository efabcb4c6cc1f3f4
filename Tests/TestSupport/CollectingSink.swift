package import RecordPath
import Synchronization

/// A sink that keeps what it is given, for tests; it can be told to refuse, as at a shutdown.
package final class CollectingSink: BatchSink {
    package let workerCount: Int
    private let state = Mutex(State())

    private struct State {
        var batches: [(worker: Int, batch: RecordBatch)] = []
        var isRefusing = false
    }

    /// One line as it came out of a batch.
    package struct Line: Equatable, Sendable {
        package var key: String
        package var text: String
        package var time: Int64
        /// The two halves of the line's identity.
        package var run: UInt64
        package var ordinal: UInt64
        package var isCut: Bool
    }

    /// Makes a sink for so many workers.
    package init(workerCount: Int = 1) { self.workerCount = workerCount }

    package func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
        state.withLock { state in
            guard !state.isRefusing else { return false }
            state.batches.append((worker, batch))
            return true
        }
    }

    /// From now on refuses every batch.
    package func refuse() { state.withLock { $0.isRefusing = true } }

    /// How many batches have come.
    package var batchCount: Int { state.withLock { $0.batches.count } }

    /// The workers of the batches, in the order they came.
    package var workers: [Int] { state.withLock { $0.batches.map(\.worker) } }

    /// How many lines each batch holds.
    package var lineCounts: [Int] { state.withLock { $0.batches.map(\.batch.lines.count) } }

    /// The marks of each batch.
    package var marks: [[RecordBatch.Mark]] { state.withLock { $0.batches.map(\.batch.marks) } }

    /// The positions after the first `count` batches (all when nil), as an agent would have kept them.
    package func positions(after count: Int? = nil, from start: [String: String] = [:]) -> [String: String] {
        state.withLock { state in
            var kept = start
            for entry in state.batches.prefix(count ?? state.batches.count) {
                for mark in entry.batch.marks { kept[mark.key] = mark.position }
            }
            return kept
        }
    }

    /// How many lines have come, cheaper than `lines`.
    package var lineCount: Int { state.withLock { $0.batches.reduce(0) { $0 + $1.batch.lines.count } } }

    /// Every line of the first `count` batches (all when nil).
    package func lines(inFirst count: Int? = nil) -> [Line] {
        state.withLock { state in
            state.batches.prefix(count ?? state.batches.count).flatMap { Self.lines(of: $0.batch) }
        }
    }

    /// The texts of the lines of streams whose key ends in `suffix`.
    package func texts(_ suffix: String = "") -> [String] {
        lines().filter { $0.key.hasSuffix(suffix) }.map(\.text)
    }

    /// The priority of every line.
    package var priorities: [UInt8] { state.withLock { $0.batches.flatMap { $0.batch.lines.map(\.priority) } } }

    /// The bytes of every line.
    package var bytes: [[UInt8]] {
        state.withLock { state in
            state.batches.flatMap { entry in
                let bytes = entry.batch.bytes.bytes
                return entry.batch.lines.map { Array(bytes[Int($0.offset)..<Int($0.offset + $0.length)]) }
            }
        }
    }

    /// The origins of all streams seen.
    package var origins: [SourceStream.Origin] {
        state.withLock { state in
            var seen: [UInt64: SourceStream] = [:]
            for entry in state.batches { for stream in entry.batch.streams { seen[stream.id] = stream } }
            return seen.values.sorted { $0.id < $1.id }.map(\.origin)
        }
    }

    private static func lines(of batch: RecordBatch) -> [Line] {
        batch.lines.map { line in
            let text = batch.bytes.withBytes { bytes in
                String(decoding: bytes[Int(line.offset)..<Int(line.offset + line.length)], as: UTF8.self)
            }
            return Line(
                key: batch.streams[Int(line.stream)].origin.key,
                text: text,
                time: line.time,
                run: line.identity.0,
                ordinal: line.identity.1,
                isCut: line.isCut
            )
        }
    }
}
