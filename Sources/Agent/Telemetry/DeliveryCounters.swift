import Logging
import Outputs
import Synchronization

/// What became of batches, per output: for metrics, readiness and the log.
final class DeliveryCounters: DeliveryObserver {
    /// Upper bounds of request durations, seconds.
    static let requestBounds = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]
    /// Upper bounds of the delivery lag, seconds.
    static let lagBounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800, 7200]

    /// A histogram over fixed bounds.
    struct Histogram {
        var counts: [Int64]
        var sum = 0.0

        init(bounds: [Double]) { counts = Array(repeating: 0, count: bounds.count + 1) }

        mutating func add(_ value: Double, bounds: [Double]) {
            counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
            sum += value
        }
    }

    /// Everything counted of one output.
    struct Counts {
        var requests: [String: UInt64] = [:]
        var bytes: [String: UInt64] = [:]
        var shipped: UInt64 = 0
        var dropped: [String: UInt64] = [:]
        var uncertain: UInt64 = 0
        var durations = Histogram(bounds: requestBounds)
        var lag = Histogram(bounds: lagBounds)
        var state = OutputState.up
    }

    private let outputs: Mutex<[String: Counts]>
    private let log: Logger

    init(outputs: [String], log: Logger) {
        self.outputs = Mutex(Dictionary(uniqueKeysWithValues: outputs.map { ($0, Counts()) }))
        self.log = log
    }

    /// Everything counted, by output.
    var counts: [String: Counts] { outputs.withLock { $0 } }

    func attempt(_ output: String, code: String, duration: Duration, bytes: Int, encoding: String) {
        change(output) { counts in
            counts.requests[code, default: 0] += 1
            counts.bytes[encoding, default: 0] += UInt64(bytes)
            counts.durations.add(duration.seconds, bounds: Self.requestBounds)
        }
    }

    func delivered(_ output: String, records: Int, bytes: Int, lag: Duration) {
        change(output) { counts in
            counts.shipped += UInt64(records)
            counts.lag.add(lag.seconds, bounds: Self.lagBounds)
        }
    }

    func rejected(_ output: String, records: Int, reason: String) {
        change(output) { $0.dropped[reason, default: 0] += UInt64(records) }
        log.error(
            "output refused records",
            metadata: ["output": "\(output)", "records": "\(records)", "reason": "\(reason)"]
        )
    }

    func deadLetters(_ output: String, batch: SealedBatch, reason: String) {}

    func uncertain(_ output: String, records: Int) { change(output) { $0.uncertain += UInt64(records) } }

    func state(_ output: String, _ state: OutputState) {
        let before = outputs.withLock { outputs in
            defer { outputs[output, default: Counts()].state = state }
            return outputs[output]?.state
        }
        switch (before, state) {
        case (.up, .up), (nil, .up): break
        case (_, .up): log.info("output works again", metadata: ["output": "\(output)"])
        case (_, .retrying(let reason, _, _)) where before?.reason != reason:
            log.warning("output does not answer well", metadata: ["output": "\(output)", "reason": "\(reason)"])
        case (_, .held(let reason, _, _)) where before?.reason != reason:
            log.error("output refuses everything", metadata: ["output": "\(output)", "reason": "\(reason)"])
        default: break
        }
    }

    private func change(_ output: String, _ body: (inout Counts) -> Void) {
        outputs.withLock { body(&$0[output, default: Counts()]) }
    }
}

extension OutputState {
    /// Why it is not up.
    var reason: String? {
        switch self {
        case .up: nil
        case .retrying(let reason, _, _), .held(let reason, _, _): reason
        }
    }
}
