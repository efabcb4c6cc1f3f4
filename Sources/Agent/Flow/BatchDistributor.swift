import Inputs
import RecordPath

/// Gives batches to the workers, as long as there is room for them in memory.
struct BatchDistributor: BatchSink {
    let workers: [Worker]
    let budget: MemoryBudget

    var workerCount: Int { workers.count }

    func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
        guard budget.acquire(batch.cost) else { return false }
        workers[worker].send(batch)
        return true
    }
}
