import Foundation
import Synchronization

/// Writes numbered lines, as a service under load does, until it is stopped.
final class NumberedLines: Sendable {
    /// What the writing thread and the test share.
    private final class Progress: Sendable {
        let state = Mutex((next: 0, isStopped: false))
    }

    private let progress = Progress()
    private let ended = DispatchSemaphore(value: 0)

    /// Hands the numbers of the next lines to `write`, fifty times a second.
    init(linesPerSecond: Int, write: @escaping @Sendable (Range<Int>) -> Void) {
        let progress = progress
        let ended = ended
        let block = max(1, linesPerSecond / 50)
        let thread = Thread {
            while !progress.state.withLock({ $0.isStopped }) {
                let first = progress.state.withLock { $0.next }
                write(first..<(first + block))
                progress.state.withLock { $0.next += block }
                usleep(20_000)
            }
            ended.signal()
        }
        thread.start()
    }

    /// Appends records to a file; `text` gives each with its line end.
    convenience init(file: String, linesPerSecond: Int, text: @escaping @Sendable (Int) -> String) throws {
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        self.init(linesPerSecond: linesPerSecond) { numbers in
            handle.write(Data(numbers.map(text).joined().utf8))
        }
    }

    /// Stops; how many lines there are.
    func stop() -> Int {
        progress.state.withLock { $0.isStopped = true }
        ended.wait()
        return progress.state.withLock { $0.next }
    }

    /// A request's line as JSON.
    static func request(_ number: Int, of source: String) -> String {
        "{\"n\":\(number),\"status\":\(number % 10 == 0 ? 500 : 200),\"method\":\"GET\","
            + "\"path\":\"/item/\(number)\",\"latency_ms\":\(number % 700),\"msg\":\"line \(number) of \(source)\"}\n"
    }

    /// A record of several lines: what failed, where, and why.
    static func trace(_ number: Int, of source: String) -> String {
        """
        ERROR [main] c.e.App - line \(number) of \(source)
        java.lang.IllegalStateException: no cart
        \tat com.example.App.main(App.java:12)
        \tat com.example.App.run(App.java:\(number % 90))

        """
    }

    /// The number in a line or document of a source; nil when it has none.
    static func number(_ text: String, of source: String) -> Int? {
        guard let end = text.range(of: " of \(source)"), let start = text.range(of: "line ") else { return nil }
        return Int(text[start.upperBound..<end.lowerBound])
    }

    /// What is missing, and what is there more than once.
    static func account(_ numbers: [Int], of count: Int) -> (lost: [Int], twice: [Int]) {
        var seen = [Int](repeating: 0, count: count)
        for number in numbers where number < count { seen[number] += 1 }
        return (seen.indices.filter { seen[$0] == 0 }, seen.indices.filter { seen[$0] > 1 })
    }
}
