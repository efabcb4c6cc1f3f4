import CReference
import RecordPath

/// One stage over and over, for a profiler: `Benchmarks probe STAGE [PASSES]`.
///
/// Every pass has a record path of its own, because time must not go back in one.
enum Probe {
    static func run(_ work: Workload, _ plan: RecordPlan, passes: Int) {
        var body = Arena(capacity: 4 << 20)
        var nanos: [Int] = []
        var reference: [Int] = []
        for _ in 0..<passes {
            var path = RecordPath(plan)
            let start = CPUClock.seconds
            for (number, batch) in work.batches.enumerated() {
                path.process(batch)
                if number % 4 == 3 {
                    _ = path.takeOutcomes()
                    _ = path.takeCounts()
                }
                for kind in EncoderKind.allCases where path.pending(kind).bytes > 1 << 20 {
                    body.removeAll()
                    path.take(kind, into: &body)
                }
            }
            let end = CPUClock.seconds
            nanos.append(Int((end - start) / Double(work.lines) * 1e9))
            guard passes > 1 else { break }
            _ = reference_simdjson(work.bytes, work.count)
            reference.append(Int((CPUClock.seconds - end) / Double(work.lines) * 1e9))
        }
        let (own, simdjson) = (nanos.min() ?? 0, reference.min() ?? 0)
        print("\(own) ns/line, simdjson \(simdjson) ns/line: \(simdjson * 100 / max(own, 1))%")
    }
}
