import Inputs
import RecordPath

/// Gives batches to the workers, as fast as the memory budget lets them through.
struct BatchDistributor: BatchSink {
    let workers: [Worker]
    let budget: MemoryBudget

    var workerCount: Int { workers.count }

    func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
        guard budget.acquire(batch.bytes.count) else { return false }
        workers[worker].send(batch)
        return true
    }
}
