import RecordPath
import Settings

/// How `agent.memory_limit`, which is for the whole process, is divided between everything that grows.
///
/// Each part has its own bound and waits or gives up memory there, so that their sum needs no watching. What waits for
/// what goes one way only: inputs for workers, workers for the keeper, the keeper for the disk.
package struct MemoryPlan: Sendable, Equatable {
    /// What is there with nothing to do: the program's pages, the runtime, and tables of fixed size.
    package static let fixedBytes = 32 << 20
    /// What one worker needs, smaller requests or not.
    private static let workerBytes = 8 << 20

    /// A request and a latency series, in tables, in the commit log's state and on their way there, without buckets.
    private static let bytesOfBareSeries = 1_000
    /// A bucket of a latency series.
    private static let bytesOfBucket = 40
    /// An entry of a worker's memory of ids.
    private static let bytesOfID = 48

    /// What a worker may hold: the more, the less tables have taken.
    package struct Share: Sendable, Equatable {
        /// Lines of one group.
        package let groupBytes: Int
        /// Compressed bodies of one group.
        package let groupBodyBytes: Int
        /// A request before compression, whatever `batch.bytes` says.
        package let requestBytes: Int
    }

    /// All of it.
    package let limit: Int
    /// How many cores are used.
    package let workers: Int
    /// Lines on their way from inputs to workers.
    package let queueBytes: Int
    /// Lines that a worker holds while they wait for more of their record.
    package let heldBytes: Int
    /// Bodies that wait for the disk.
    package let sealedBytes: Int
    /// Bodies that one lane keeps until they are sent.
    package let freshBytes: Int
    /// Bodies of one lane that are being sent.
    package let onTheWayBytes: Int
    /// What is kept of an output's reply.
    package let replyBytes: Int
    /// Series of one metric, whatever `signals.max_series` says.
    package let series: Int
    /// A request and a latency series.
    package let bytesOfSeries: Int
    /// Entries of each worker's memory of ids.
    package let idEntries: Int
    /// Names and paths of keys that a worker knows at a time.
    package let keyBytes: Int
    /// Pages of metrics that are sent at a time.
    package let pages: Int
    /// What all tables may take together that grow with what there is on the host.
    package let tableBytes: Int
    /// What these and workers have between them.
    private let whole: Int
    private let smallestQuota: Int

    /// The division in words.
    package var summary: String {
        let workers = workers == 1 ? "1 core" : "\(workers) cores"
        return "up to \(SizeText.format(limit)) with \(workers), requests of up to "
            + "\(SizeText.format(share(beside: 0).requestBytes)), \(series) series of a metric"
    }

    /// What each worker may hold when tables have taken so many bytes.
    package func share(beside tables: Int) -> Share {
        let share = (whole - min(max(tables, whole / 4), tableBytes)) / 2 / workers
        return Share(
            groupBytes: max(64 << 10, min(4 << 20, share / 5, smallestQuota / 4)),
            groupBodyBytes: max(128 << 10, min(4 << 20, share / 10)),
            requestBytes: max(128 << 10, share / 12) & ~(64 << 10 - 1)
        )
    }

    /// The budget of all tables, with what is always taken.
    package func makeTables() -> TableBudget {
        let tables = TableBudget(limit: tableBytes)
        tables.set(workers * idEntries * Self.bytesOfID, for: .ids)
        return tables
    }

    /// Divides `limit` on a host with so many cores, for so many outputs.
    ///
    /// A group should be no more than a quarter of the smallest lane, `smallestQuota`.
    ///
    /// `series` is `signals.max_series`, `buckets` are those of a latency series.
    package init(
        limit: Int,
        cores: Int,
        outputs: Int,
        smallestQuota: Int = .max,
        series: Int = 5000,
        buckets: Int = 15
    ) {
        // Settings do not let a limit through that leaves less.
        whole = max(limit - Self.fixedBytes, 8 << 20)
        let outputs = max(1, outputs)
        self.limit = limit
        self.smallestQuota = smallestQuota
        workers = max(1, min(64, cores, whole / Self.workerBytes))
        tableBytes = whole / 2
        bytesOfSeries = Self.bytesOfBareSeries + buckets * Self.bytesOfBucket
        self.series = max(10, min(series, tableBytes / 2 / bytesOfSeries))
        var entries = 65_536
        while entries > 4_096, workers * entries * Self.bytesOfID > tableBytes / 5 { entries /= 2 }
        idEntries = entries
        let growth = whole - tableBytes
        queueBytes = max(1 << 20, growth / 10)
        heldBytes = max(128 << 10, min(8 << 20, growth / 20 / workers))
        keyBytes = max(256 << 10, min(4 << 20, growth / 16 / workers))
        pages = max(1, min(4, growth / (8 << 20)))
        sealedBytes = growth / 16
        freshBytes = min(8 << 20, growth / 16 / outputs)
        onTheWayBytes = min(16 << 20, growth / 16 / outputs)
        replyBytes = min(16 << 20, growth / 6)
    }
}
