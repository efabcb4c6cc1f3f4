package import RecordPath
import Synchronization

/// The last lines of a container's log, read once and to the side of the input that follows it.
package enum LogTail {
    /// What is read at most: a tail of longer lines is asked for again with few of them.
    private static let bytesMax = 4 * 1024 * 1024
    private static let fewLines = 20

    /// The last lines as batches.
    ///
    /// Throws when the container's driver gives no lines back.
    package static func read(
        _ details: ContainerDetails,
        lines: Int,
        _ client: EngineClient,
        now: Int64
    ) throws(EngineFailure) -> [RecordBatch] {
        do {
            return batches(of: try client.tail(details.id, lines: lines, limit: bytesMax), details, now: now)
        } catch .answerTooLong {
            return batches(of: try client.tail(details.id, lines: fewLines, limit: 4 * bytesMax), details, now: now)
        }
    }

    /// The lines in the body of an answer; up to where it cannot be read.
    package static func batches(of body: [UInt8], _ details: ContainerDetails, now: Int64) -> [RecordBatch] {
        let sink = GatheredBatches()
        let writer = BatchWriter(sink: sink)
        var details = details
        // What it has written so far is looked at, though it may not have ended its last line.
        details.isRunning = false
        let log = ContainerLog(details, floor: 0, positions: [:], writer: writer)
        log.connected(since: 0)
        body.withUnsafeBufferPointer { bytes in _ = try? log.take(bytes, now: now) }
        log.endLines(now: now)
        writer.flush()
        return sink.batches
    }

    /// Keeps what it is given.
    private final class GatheredBatches: BatchSink {
        let workerCount = 1
        private let kept = Mutex<[RecordBatch]>([])

        var batches: [RecordBatch] { kept.withLock { $0 } }

        func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
            kept.withLock { $0.append(batch) }
            return true
        }
    }
}

extension EngineClient {
    /// The body of the last lines' log stream.
    fileprivate func tail(_ id: String, lines: Int, limit: Int) throws(EngineFailure) -> [UInt8] {
        try answer("/containers/\(id)/logs?stdout=1&stderr=1&timestamps=1&tail=\(lines)", limit: limit)
    }
}
