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
    private static let bytesOfSeries = 1_000
    /// A bucket of a latency series.
    private static let bytesOfBucket = 40

    /// All of it.
    package let limit: Int
    /// How many cores are used.
    package let workers: Int
    /// Lines on their way from inputs to workers.
    package let queueBytes: Int
    /// Lines of one group.
    package let groupBytes: Int
    /// Compressed bodies of one group.
    package let groupBodyBytes: Int
    /// A request before compression, whatever `batch.bytes` says.
    package let requestBytes: Int
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
    /// What these take.
    package let seriesBytes: Int

    /// The division in words.
    package var summary: String {
        let workers = workers == 1 ? "1 core" : "\(workers) cores"
        return "up to \(SizeText.format(limit)) with \(workers), requests of up to \(SizeText.format(requestBytes)), "
            + "\(series) series of a metric"
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
        let whole = max(limit - Self.fixedBytes, 8 << 20)
        let outputs = max(1, outputs)
        self.limit = limit
        workers = max(1, min(64, cores, whole / Self.workerBytes))
        let each = Self.bytesOfSeries + buckets * Self.bytesOfBucket
        self.series = max(10, min(series, whole / 4 / each))
        seriesBytes = min(self.series * each, whole / 4)
        let growth = whole - seriesBytes
        queueBytes = max(1 << 20, growth / 14)
        let share = growth / 2 / workers
        groupBytes = max(64 << 10, min(4 << 20, share / 5, smallestQuota / 4))
        groupBodyBytes = max(128 << 10, min(4 << 20, share / 10))
        requestBytes = max(128 << 10, share / 12) & ~(64 << 10 - 1)
        heldBytes = max(128 << 10, min(8 << 20, share / 16))
        sealedBytes = growth / 24
        freshBytes = min(8 << 20, growth / 24 / outputs)
        onTheWayBytes = min(16 << 20, growth / 24 / outputs)
        replyBytes = min(16 << 20, growth / 8)
    }
}
