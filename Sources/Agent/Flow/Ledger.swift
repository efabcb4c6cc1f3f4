import RecordPath

/// Which batches of one worker are safe at every output; a value, so that it can be tested without threads.
///
/// Batches are numbered as the worker takes them. A batch owes an output when some record of it is in a request
/// that the output has not acknowledged yet. Positions are given back in order: only those of batches before
/// which nothing is owed any more.
///
/// A line of a batch may wait for lines of later batches, to become one record with them. The batch's positions
/// then wait too, until everything is safe up to the batch with which the last of its lines was encoded.
package struct Ledger {
    /// What has become safe.
    package struct Settled: Equatable {
        package var marks: [RecordBatch.Mark] = []
        package var bytes = 0

        /// Makes what has become safe; by default nothing.
        package init(marks: [RecordBatch.Mark] = [], bytes: Int = 0) {
            self.marks = marks
            self.bytes = bytes
        }
    }

    private struct Entry {
        var marks: [RecordBatch.Mark]
        var bytes: Int
        /// One bit an output.
        var owes: UInt32
        /// The batch with which all its lines were encoded; nil: some of them still wait.
        var encodedWith: UInt64?
    }

    private var entries: [Entry] = []
    /// Number of the first entry.
    private var first: UInt64 = 1
    /// Nothing is owed up to this batch.
    private var safe: UInt64 = 0
    /// All lines are encoded up to this batch.
    private var encoded: UInt64 = 0

    /// Makes an empty ledger.
    package init() {}

    /// Batches that are not settled.
    package var count: Int { entries.count }
    /// Number of the last batch taken; 0: none.
    package var last: UInt64 { first + UInt64(entries.count) - 1 }

    /// Takes the next batch; `owes` has a bit for every output that has a record of it, `waiting` is the first batch
    /// of which a line still waits.
    package mutating func add(marks: [RecordBatch.Mark], bytes: Int, owes: UInt32, waiting: UInt64? = nil) {
        entries.append(Entry(marks: marks, bytes: bytes, owes: owes, encodedWith: nil))
        let end = min(waiting ?? .max, last + 1)
        while encoded + 1 < end {
            encoded += 1
            entries[Int(encoded - first)].encodedWith = last
        }
    }

    /// Output `output` has acknowledged everything up to batch `through`.
    package mutating func acknowledge(output: Int, through: UInt64) {
        for index in entries.indices where first + UInt64(index) <= through {
            entries[index].owes &= ~(1 << UInt32(output))
        }
    }

    /// Takes out what has become safe.
    package mutating func settle() -> Settled {
        var settled = Settled()
        while safe < last, entries[Int(safe + 1 - first)].owes == 0 {
            settled.bytes += entries[Int(safe + 1 - first)].bytes
            safe += 1
        }
        let done = entries.prefix { entry in entry.encodedWith.map { $0 <= safe } ?? false }
        for entry in done { settled.marks += entry.marks }
        first += UInt64(done.count)
        entries.removeFirst(done.count)
        return settled
    }
}
