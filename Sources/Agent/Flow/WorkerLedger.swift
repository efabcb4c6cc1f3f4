import RecordPath
import Synchronization

/// The ledger with what happens when batches settle: bytes go back, positions move.
final class WorkerLedger: Sendable {
    private let ledger = Mutex(Ledger())
    private let budget: MemoryBudget
    private let positions: PositionStore

    init(budget: MemoryBudget, positions: PositionStore) {
        self.budget = budget
        self.positions = positions
    }

    var last: UInt64 { ledger.withLock { $0.last } }

    func add(marks: [RecordBatch.Mark], bytes: Int, owes: UInt32, waiting: UInt64?) {
        settle { $0.add(marks: marks, bytes: bytes, owes: owes, waiting: waiting) }
    }

    /// `mark` is the output's own position, kept together with what its acknowledgement has made safe: what is behind
    /// it when a run ends without saving is sent again.
    func acknowledge(output: Int, through: UInt64, mark: RecordBatch.Mark? = nil) {
        settle(mark) { $0.acknowledge(output: output, through: through) }
    }

    private func settle(_ mark: RecordBatch.Mark? = nil, _ change: (inout Ledger) -> Void) {
        // Positions are committed inside the lock, so that two acknowledgements cannot overtake each other.
        let bytes = ledger.withLock { ledger in
            change(&ledger)
            let settled = ledger.settle()
            positions.commit(settled.marks + [mark].compactMap { $0 })
            return settled.bytes
        }
        budget.release(bytes)
    }
}
