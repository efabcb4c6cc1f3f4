import Outputs
import RecordPath
import Spool

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The record path with and without the spool behind it, and how long a commit takes.
///
/// As the agent does it: a group every 4 MiB of lines, with its counters, in one frame. CPU seconds of one thread,
/// the kernel's part of writing and syncing included; what the disk takes is shown as latency.
struct SpoolBench {
    private let parts: [Workload]
    private let plan: RecordPlan
    private var latencies: [Double] = []

    init(_ parts: [Workload], _ plan: RecordPlan) {
        self.parts = parts
        self.plan = plan
    }

    /// Prints three lines.
    mutating func run() {
        let off = measure(directory: nil)
        let directory = "/var/tmp/martlet-bench-\(getpid())"
        guard mkdir(directory, 0o700) == 0 else { return print("cannot make \(directory)") }
        let on = measure(directory: directory)
        remove(directory)
        let megabytes = Double(parts[0].count) / 1e6
        print("spool off, Loki protobuf + snappy                   \(Int(megabytes / off)) MB/s")
        print(
            "spool on                                            \(Int(megabytes / on)) MB/s  \(Int(off / on * 100))%"
        )
        let sorted = latencies.sorted()
        guard let last = sorted.last else { return }
        let middle = sorted[sorted.count / 2]
        print(
            "a commit (two syncs), \(sorted.count) of them                     \(middle) ms median, \(last) ms longest"
        )
    }

    private mutating func measure(directory: String?) -> Double {
        var path = RecordPath(plan)
        var body = Arena(capacity: 4 << 20)
        guard var compressor = Compressor(.snappy) else { return 0 }
        let surroundings = SpoolSurroundings(now: { 0 })
        let lanes = [LaneOptions(name: "loki", quotaBytes: 1 << 30)]
        var spool = directory.flatMap { try? Spool(DiskFiles(root: $0), lanes: lanes, surroundings: surroundings) }
        var next = 0
        return CPUClock.best {
            var change = Spool.Change()
            var bytes = 0
            for batch in parts[next].batches {
                path.process(batch)
                bytes += batch.bytes.count
                guard path.pending(.loki).bytes > 1 << 20 else { continue }
                let records = path.pending(.loki).records
                body.removeAll()
                path.take(.loki, into: &body)
                let sealed = body.withBytes { compressor.compress(UnsafeRawBufferPointer($0)) } ?? []
                change.batches.append((0, StoredBatch(records: UInt32(records), head: [], body: sealed)))
                if bytes >= 4 << 20 {
                    commit(&change, &path, &spool)
                    bytes = 0
                }
            }
            next += 1
        }
    }

    private mutating func commit(
        _ change: inout Spool.Change,
        _ path: inout RecordPath,
        _ spool: inout Spool?
    ) {
        defer { change = Spool.Change() }
        guard spool != nil else { return }
        let series = path.takeCounts().series
        change.counters = series.requests.map { value in
            let key = series.key(value)
            let labels = [key.service, key.method, key.route, key.statusClass]
            return .init("rq " + labels.joined(separator: " "), [value.count, value.errors])
        }
        change.positions = [("docker:bench:stdout", "\(latencies.count)")]
        // All of it is delivered at once: segments come and go as they do behind a healthy output.
        let first = spool?.state(0).next ?? 1
        for (index, batch) in change.batches.enumerated() {
            change.settlements.append(
                Settlement(lane: 0, first: first + UInt64(index), records: UInt64(batch.batch.records))
            )
        }
        let clock = ContinuousClock()
        let time = clock.measure { _ = spool?.commit(change) }
        let parts = time.components
        latencies.append(Double(parts.seconds * 100_000 + parts.attoseconds / 10_000_000_000_000) / 100)
    }

    private func remove(_ directory: String) {
        let files = DiskFiles(root: directory)
        for lane in (try? files.list("lanes")) ?? [] {
            for name in (try? files.list("lanes/" + lane)) ?? [] { try? files.remove("lanes/\(lane)/\(name)") }
            rmdir(directory + "/lanes/" + lane)
        }
        rmdir(directory + "/lanes")
        for name in (try? files.list("")) ?? [] { try? files.remove(name) }
        rmdir(directory)
    }
}
