package import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Gathers the lines of one input into batches: one open batch per worker, handed on when it is full or old.
///
/// A position is text, and text per line is too dear. An input therefore sets `willSend` and marks the
/// positions of the streams in a batch once, when the batch is about to go. What it marks there must cover no
/// more than the lines that it has appended so far: note a line as read only after `append` has returned.
///
/// A class, because the streams of an input share one writer. Used by one thread only.
package final class BatchWriter {
    /// Called with each batch that is about to be sent, and its worker; the place to mark positions.
    package var willSend: ((RecordBatch, Int) -> Void)?
    /// False once the sink has refused a batch: the agent is shutting down and reading must end.
    package private(set) var isAccepting = true

    private let sink: any BatchSink
    private let clock: () -> Int64
    private let workers: UInt64
    private var slots: [Slot]

    /// The open batch of one worker, and where the streams stand in it.
    private struct Slot {
        var batch: RecordBatch?
        var openedAt: Int64 = 0
        var indexes: [UInt64: UInt32] = [:]
        var lastStream: UInt64 = 0
        var lastIndex: UInt32 = 0
        var nextCapacity = 16 * 1024
    }

    /// Makes a writer; `clock` counts milliseconds and never goes back.
    package init(sink: any BatchSink, clock: @escaping () -> Int64 = BatchWriter.monotonicMilliseconds) {
        self.sink = sink
        self.clock = clock
        let count = max(1, sink.workerCount)
        workers = UInt64(count)
        slots = [Slot](repeating: Slot(), count: count)
    }

    /// The worker that all lines of a stream go to.
    package func worker(of stream: SourceStream) -> Int { Int(stream.id % workers) }

    /// Appends one line without its line end.
    ///
    /// When it does not fit behind what is there, the open batch is sent first, so that a mark set right after this
    /// call always travels with the line. Blocks while the sink is full. False: the line was not taken, because the
    /// agent is shutting down.
    @discardableResult
    package func append(
        _ line: UnsafeBufferPointer<UInt8>,
        stream: SourceStream,
        time: Int64,
        identity: (UInt64, UInt64),
        priority: UInt8 = 255,
        isCut: Bool = false
    ) -> Bool {
        let worker = worker(of: stream)
        if let open = slots[worker].batch, !open.lines.isEmpty,
            open.bytes.count + line.count >= RecordBatch.targetBytes || open.lines.count >= RecordBatch.linesMax
        {
            send(worker)
        }
        guard isAccepting else { return false }
        let batch = batch(of: worker)
        if line.count >= RecordBatch.longLineBytes { batch.bytes.reserve(line.count + 1) }
        batch.append(
            line,
            stream: index(of: stream, in: batch, worker),
            time: time,
            identity: identity,
            priority: priority,
            isCut: isCut
        )
        return true
    }

    /// Remembers a position that covers only what has been appended for this stream; nil forgets the key.
    package func mark(_ key: String, _ position: String?, stream: SourceStream) {
        mark(key, position, worker: worker(of: stream))
    }

    /// The same for a key that belongs to no stream: the position goes with the open batch of `worker`.
    package func mark(_ key: String, _ position: String?, worker: Int) {
        guard isAccepting else { return }
        batch(of: worker).mark(key, position)
    }

    /// Sends every batch whose first line has waited for `RecordBatch.targetAgeMilliseconds`.
    package func flushDue() {
        let limit = clock() - Int64(RecordBatch.targetAgeMilliseconds)
        for worker in slots.indices where slots[worker].batch != nil && slots[worker].openedAt <= limit {
            send(worker)
        }
    }

    /// Sends every open batch now.
    package func flush() {
        for worker in slots.indices { send(worker) }
    }

    /// How long until `flushDue` has something to do: a time-out for `poll(2)`; -1 when nothing is open.
    package var millisecondsUntilDue: Int32 {
        let oldest = slots.lazy.filter { $0.batch != nil }.map(\.openedAt).min()
        guard let oldest else { return -1 }
        let left = oldest + Int64(RecordBatch.targetAgeMilliseconds) - clock()
        return Int32(clamping: max(0, left))
    }

    /// Milliseconds of the machine's monotonic clock.
    package static func monotonicMilliseconds() -> Int64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return Int64(time.tv_sec) * 1000 + Int64(time.tv_nsec) / 1_000_000
    }

    private func batch(of worker: Int) -> RecordBatch {
        if let open = slots[worker].batch { return open }
        let batch = RecordBatch(capacity: slots[worker].nextCapacity)
        slots[worker].batch = batch
        slots[worker].openedAt = clock()
        return batch
    }

    private func index(of stream: SourceStream, in batch: RecordBatch, _ worker: Int) -> UInt32 {
        if slots[worker].lastStream == stream.id { return slots[worker].lastIndex }
        let index: UInt32
        if let known = slots[worker].indexes[stream.id] {
            index = known
        } else {
            index = batch.add(stream: stream)
            slots[worker].indexes[stream.id] = index
        }
        slots[worker].lastStream = stream.id
        slots[worker].lastIndex = index
        return index
    }

    private func send(_ worker: Int) {
        guard let batch = slots[worker].batch else { return }
        // The next batch will be about as large as this one: a quiet input then holds little memory.
        let full = RecordBatch.targetBytes + 16 * 1024
        slots[worker] = Slot(nextCapacity: min(full, max(16 * 1024, batch.bytes.count * 2)))
        guard isAccepting else { return }
        willSend?(batch, worker)
        if !sink.send(batch, toWorker: worker) { isAccepting = false }
    }
}
