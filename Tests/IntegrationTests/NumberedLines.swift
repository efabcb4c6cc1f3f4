import Foundation
import Synchronization

/// Appends numbered lines to a file, as a service under load does, until it is stopped.
final class NumberedLines: Sendable {
    /// What the writing thread and the test share.
    private final class Progress: Sendable {
        let state = Mutex((next: 0, isStopped: false))
    }

    private let progress = Progress()
    private let ended = DispatchSemaphore(value: 0)

    init(file: String, linesPerSecond: Int) throws {
        _ = FileManager.default.createFile(atPath: file, contents: nil)
        let handle = try FileHandle(forWritingTo: URL(fileURLWithPath: file))
        let progress = progress
        let ended = ended
        let thread = Thread {
            let block = max(1, linesPerSecond / 50)
            while !progress.state.withLock({ $0.isStopped }) {
                let first = progress.state.withLock { $0.next }
                var text = ""
                for number in first..<(first + block) {
                    text += "{\"n\":\(number),\"status\":\(number % 10 == 0 ? 500 : 200),\"method\":\"GET\","
                    text += "\"path\":\"/item/\(number)\",\"latency_ms\":\(number % 700),\"msg\":\"line \(number)\"}\n"
                }
                handle.write(Data(text.utf8))
                progress.state.withLock { $0.next += block }
                usleep(20_000)
            }
            try? handle.close()
            ended.signal()
        }
        thread.start()
    }

    /// Stops; how many lines there are.
    func stop() -> Int {
        progress.state.withLock { $0.isStopped = true }
        ended.wait()
        return progress.state.withLock { $0.next }
    }

    /// The number in a line or document; nil when it has none.
    static func number(_ text: String) -> Int? {
        guard let start = text.range(of: "line ") else { return nil }
        return Int(text[start.upperBound...].prefix { $0.isNumber })
    }

    /// What is missing, and what is there more than once.
    static func account(_ numbers: [Int], of count: Int) -> (lost: [Int], twice: [Int]) {
        var seen = [Int](repeating: 0, count: count)
        for number in numbers where number < count { seen[number] += 1 }
        return (seen.indices.filter { seen[$0] == 0 }, seen.indices.filter { seen[$0] > 1 })
    }
}
