import Dispatch
import Glibc
import Inputs
import RecordPath
import Synchronization
import TestSupport

/// An input that runs on a thread of its own, into a collecting sink.
final class InputThread: Sendable {
    let sink: CollectingSink
    let stop = StopSignal()
    let status = RecordedStatus()
    private let ended = DispatchGroup()

    /// Starts an input.
    init(
        _ input: any Input,
        positions: [String: String] = [:],
        once: Bool = false,
        sink: CollectingSink = CollectingSink(),
        tables: TableBudget = TableBudget(),
        now: @escaping @Sendable () -> Int64 = { 1_700_000_000_000_000_000 }
    ) {
        self.sink = sink
        let context = InputContext(
            sink: sink,
            positions: positions,
            stop: stop,
            status: status,
            once: once,
            tables: tables,
            now: now
        )
        DispatchQueue(label: "input").async(group: ended) { input.run(context) }
    }

    /// Waits until a condition holds; false when it has not for 20 seconds.
    static func wait(until condition: () -> Bool) -> Bool {
        for _ in 0..<10_000 {
            if condition() { return true }
            usleep(2_000)
        }
        return condition()
    }

    /// Waits until so many lines have come.
    func lines(_ count: Int) -> Bool { Self.wait { sink.lineCount >= count } }

    /// Waits for the end; false when it does not come within 20 seconds.
    @discardableResult
    func end() -> Bool { ended.wait(timeout: .now() + 20) == .success }

    /// Stops the input and waits for its end.
    @discardableResult
    func finish() -> Bool {
        stop.raise()
        return end()
    }
}

/// A status that remembers what it was told.
final class RecordedStatus: InputStatus {
    private let entries = Mutex<[String]>([])

    var all: [String] { entries.withLock { $0 } }

    func up(_ input: String) { entries.withLock { $0.append("up") } }
    func down(_ input: String, _ problem: String) { entries.withLock { $0.append("down: \(problem)") } }
    func note(_ input: String, _ text: String) { entries.withLock { $0.append("note: \(text)") } }
    func gap(_ input: String, reason: String) { entries.withLock { $0.append("gap: \(reason)") } }
}

extension CollectingSink {
    /// The identity of every line, with the key of its stream.
    var identities: [String] { lines().map { "\($0.key) \($0.run) \($0.ordinal)" } }
}
