import Foundation
import TestSupport

/// A live agent with an SLO over a log of its own, which a test writes.
final class ObjectiveAgent {
    let log: String
    let port: Int
    private let martlet: MartletBinary
    private let file: String
    private var process: RunningCommand?

    static let slo = """
        slos: [{name: availability, service: shop, objective: 99.9, sli: {bad: status >= 500, total: status > 0}}]

        """

    /// Writes a configuration with more sections, if any.
    init(_ more: String = "") throws {
        martlet = try MartletBinary()
        port = try FreePort.find()
        log = martlet.folder + "/shop/app.log"
        try FileManager.default.createDirectory(atPath: martlet.folder + "/shop", withIntermediateDirectories: true)
        try Data().write(to: URL(fileURLWithPath: log))
        let inputs = "inputs: {files: [{paths: [\"\(log)\"], start: beginning}]}\n"
        file = try martlet.configure(inputs + Self.slo + more, listen: "127.0.0.1:\(port)")
    }

    var folder: String { martlet.folder }

    /// Starts it, again if it ran before.
    func start() throws { process = try martlet.start(["run", "-c", file]) }

    func kill9() {
        guard let process else { return }
        kill(process.pid, SIGKILL)
        _ = process.wait()
        self.process = nil
    }

    /// Ends it in order; its exit status.
    func stop() -> Int32 {
        guard let process else { return -1 }
        kill(process.pid, SIGTERM)
        self.process = nil
        return process.wait().status
    }

    func remove() {
        kill9()
        martlet.remove()
    }

    /// Appends lines to its log.
    func append(_ lines: [String]) throws {
        guard let handle = FileHandle(forWritingAtPath: log) else { throw CocoaError(.fileNoSuchFile) }
        handle.seekToEndOfFile()
        handle.write(Data(lines.map { $0 + "\n" }.joined().utf8))
        try handle.close()
    }

    /// Lines of requests that went well and of others that did not.
    static func requests(good: Int, bad: Int) -> [String] {
        Array(repeating: #"{"status":200}"#, count: good) + Array(repeating: #"{"status":503}"#, count: bad)
    }

    func scrape() async -> MetricsScrape? { await MetricsScrape.of(port: port) }

    /// The scrape that first shows so many events; nil when there is none.
    func scrape(showing events: Int) async -> MetricsScrape? {
        var last: MetricsScrape?
        let isThere = await eventuallyAsync {
            last = await scrape()
            return last?.sum("martlet_slo_events_total") == Double(events)
        }
        return isThere ? last : nil
    }
}
