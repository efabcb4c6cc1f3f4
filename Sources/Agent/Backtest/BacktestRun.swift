import Objectives
import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `martlet slo backtest`: recorded logs through the record path, then their events through the SLOs.
package struct BacktestRun {
    /// How far it is.
    package enum Progress: Sendable {
        /// Bytes of the files read, of all.
        case reading(done: Int, total: Int)
        /// The share of the SLOs that is computed, 0…1.
        case computing(Double)
    }

    /// What came out.
    package struct Result: Sendable {
        package let report: BacktestReport
        /// Lines read.
        package let lines: UInt64
        /// Events that counted for no SLO because neither line nor frame tells a time.
        package let undated: UInt64
        /// Events left out because there were too many slots of them.
        package let omitted: UInt64
        /// Seconds of CPU.
        package let seconds: Double

        /// One line of JSON for each firing, then one for each SLO.
        package var jsonLines: [String] { report.jsonLines }
    }

    private struct Queue {
        var batches: [RecordBatch] = []
        var isClosed = false
        var outcomes: [[OutcomeCount]] = []
    }

    /// Batches that wait at most: about 16 MB.
    private static let waitingMax = 64

    private let configuration: AgentConfiguration
    private let service: String?

    /// Makes a run over a configuration's SLOs; `service` is that of lines that name none.
    package init(_ configuration: AgentConfiguration, service: String? = nil) {
        self.configuration = configuration
        self.service = service
    }

    /// Reads the files and computes the report.
    package func run(_ paths: [String], progress: (Progress) -> Void = { _ in }) throws(AgentError) -> Result {
        let start = clock()
        let queue = Monitor(Queue())
        let lines = Tally()
        let threads = (0..<Self.workerCount).map { index in
            AgentThread("backtest-\(index)") { [plan] in Self.work(plan, queue) }
        }
        var failure: AgentError?
        do {
            try read(paths, queue, lines, progress)
        } catch {
            failure = error
        }
        queue.update { $0.isClosed = true }
        for thread in threads { thread.join() }
        if let failure { throw failure }
        return compute(queue.update { $0.outcomes }, lines.count, start, progress)
    }

    private static var workerCount: Int { max(1, min(8, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// The record path without outputs, which takes its clock from the records.
    private var plan: RecordPlan {
        var plan = RecordPlan(configuration)
        plan.loki = nil
        plan.documents = nil
        plan.drops = []
        plan.replacesTimes = false
        plan.readsDocuments = true
        return plan
    }

    // MARK: Reading

    /// Lines so far; a class, because closures share it.
    private final class Tally { var count: UInt64 = 0 }

    private func read(
        _ paths: [String],
        _ queue: Monitor<Queue>,
        _ tally: Tally,
        _ progress: (Progress) -> Void
    ) throws(AgentError) {
        let logs = paths.map { RecordedLog(path: $0) }
        let total = logs.reduce(0) { $0 + $1.size }
        var before = 0
        for log in logs {
            let origin = SourceStream.Origin(
                input: "files",
                key: "backtest:\(log.path)",
                fallbackService: service ?? Self.folder(of: log.path),
                path: log.path
            )
            var lines = RecordedLines(SourceStream(origin)) { batch in
                tally.count += UInt64(batch.lines.count)
                _ = queue.wait { $0.batches.count < Self.waitingMax ? true : nil }
                queue.update { $0.batches.append(batch) }
            }
            try log.read({ lines.take($0) }, progress: { progress(.reading(done: before + $0, total: total)) })
            lines.finish()
            before += log.size
        }
    }

    /// The service of a file whose lines name none: its folder.
    private static func folder(of path: String) -> String? {
        let parts = path.split(separator: "/")
        return parts.count > 1 ? String(parts[parts.count - 2]) : nil
    }

    private static func work(_ plan: RecordPlan, _ queue: Monitor<Queue>) {
        var path = RecordPath(plan)
        var outcomes: [OutcomeCount] = []
        while true {
            let batch = queue.wait { queue -> RecordBatch?? in
                if queue.batches.isEmpty { return queue.isClosed ? .some(nil) : nil }
                return queue.batches.removeFirst()
            }
            guard let batch = batch ?? nil else { break }
            path.process(batch)
            // Batches of one file go to whoever is free, so that no record may wait for lines of the next one.
            _ = path.release(asOf: .max)
            outcomes += path.takeOutcomes()
        }
        queue.update { $0.outcomes.append(outcomes) }
    }

    // MARK: Computing

    private func compute(
        _ outcomes: [[OutcomeCount]],
        _ lines: UInt64,
        _ start: clock_t,
        _ progress: (Progress) -> Void
    ) -> Result {
        var backtest = Backtest(configuration.slos)
        var undated: UInt64 = 0
        for count in outcomes.joined() {
            guard count.time > 0 else {
                undated += count.good + count.bad
                continue
            }
            let number = backtest.number(slo: count.objective, service: count.service)
            backtest.add(good: count.good, bad: count.bad, to: number, at: count.time / 1_000_000)
        }
        let report = backtest.run { progress(.computing($0)) }
        return Result(
            report: report,
            lines: lines,
            undated: undated,
            omitted: backtest.omitted,
            seconds: Double(clock() - start) / Double(CLOCKS_PER_SEC)
        )
    }
}
