import Dispatch
package import RecordPath
import Synchronization

/// Never makes an input wait: what the agent cannot take yet is held, and beyond a limit the oldest is dropped.
///
/// `@unchecked Sendable`: every mutable field is used under `lock` only.
package final class DroppingSink: BatchSink, @unchecked Sendable {
    private let inner: any BatchSink
    private let limit: Int
    private let dropped: @Sendable (Int) -> Void
    private let lock = Mutex(State())
    /// Counts the batches that wait, and one more at the end.
    private let filled = DispatchSemaphore(value: 0)
    private let done = DispatchGroup()

    private struct State {
        var waiting: [(batch: RecordBatch, worker: Int)] = []
        var bytes = 0
        var isClosed = false
        var isRefused = false
    }

    /// Makes a sink before another one; `dropped` hears how many lines were dropped each time.
    package init(_ inner: any BatchSink, limit: Int, dropped: @escaping @Sendable (Int) -> Void) {
        self.inner = inner
        self.limit = limit
        self.dropped = dropped
        DispatchQueue(label: "martlet.exec.sink").async(group: done) { self.forward() }
    }

    package var workerCount: Int { inner.workerCount }

    package func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
        let (isTaken, lines) = lock.withLock { state in
            guard !state.isRefused, !state.isClosed else { return (false, 0) }
            state.waiting.append((batch, worker))
            state.bytes += batch.cost
            return (true, Self.cut(&state, to: limit))
        }
        if lines > 0 { dropped(lines) }
        if isTaken { filled.signal() }
        return isTaken
    }

    /// Waits until everything that is held has been given on; nothing may be sent afterwards.
    package func close() {
        lock.withLock { $0.isClosed = true }
        filled.signal()
        done.wait()
    }

    /// Drops the oldest until the rest fits; the newest batch always stays.
    ///
    /// How many lines were dropped.
    private static func cut(_ state: inout State, to limit: Int) -> Int {
        var lines = 0
        while state.bytes > limit, state.waiting.count > 1 {
            let oldest = state.waiting.removeFirst()
            state.bytes -= oldest.batch.cost
            lines += oldest.batch.lines.count
        }
        return lines
    }

    private func forward() {
        while true {
            filled.wait()
            let (next, isOver) = lock.withLock { state -> ((batch: RecordBatch, worker: Int)?, Bool) in
                guard !state.waiting.isEmpty else { return (nil, state.isClosed) }
                let next = state.waiting.removeFirst()
                state.bytes -= next.batch.bytes.count
                return (next, false)
            }
            if let next {
                guard inner.send(next.batch, toWorker: next.worker) else { return refuse(next.batch) }
            } else if isOver {
                return
            }
        }
    }

    /// The agent is shutting down: neither this batch nor what waits behind it is taken.
    private func refuse(_ batch: RecordBatch) {
        let lines = lock.withLock { state in
            state.isRefused = true
            defer { state.waiting = [] }
            return state.waiting.reduce(batch.lines.count) { $0 + $1.batch.lines.count }
        }
        dropped(lines)
    }
}
