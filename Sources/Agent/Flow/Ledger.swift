import RecordPath

/// Which batches of one worker are safe at every output; a value, so that it can be tested without threads.
///
/// Batches are numbered as the worker takes them. A batch owes an output when some record of it is in a request
/// that the output has not acknowledged yet. Positions are given back in order: only those of batches before
/// which nothing is owed any more.
struct Ledger {
    /// What has become safe.
    struct Settled: Equatable {
        var marks: [RecordBatch.Mark] = []
        var bytes = 0
    }

    private struct Entry {
        var marks: [RecordBatch.Mark]
        var bytes: Int
        /// One bit an output.
        var owes: UInt32
    }

    private var entries: [Entry] = []
    /// Number of the first entry.
    private var first: UInt64 = 1

    /// Batches that are not settled.
    var count: Int { entries.count }
    /// Number of the last batch taken; 0: none.
    var last: UInt64 { first + UInt64(entries.count) - 1 }

    /// Takes the next batch; `owes` has a bit for every output that has a record of it.
    mutating func add(marks: [RecordBatch.Mark], bytes: Int, owes: UInt32) {
        entries.append(Entry(marks: marks, bytes: bytes, owes: owes))
    }

    /// Output `output` has acknowledged everything up to batch `through`.
    mutating func acknowledge(output: Int, through: UInt64) {
        for index in entries.indices where first + UInt64(index) <= through {
            entries[index].owes &= ~(1 << UInt32(output))
        }
    }

    /// Takes out what has become safe.
    mutating func settle() -> Settled {
        var settled = Settled()
        let safe = entries.prefix { $0.owes == 0 }
        for entry in safe {
            settled.marks += entry.marks
            settled.bytes += entry.bytes
        }
        first += UInt64(safe.count)
        entries.removeFirst(safe.count)
        return settled
    }
}
