import Foundation
import TestSupport

/// What an agent is killed over: sources that never stop writing, three outputs, and its configuration.
///
/// Files always; a journal and a container where this host can run them. With `MARTLET_TEST_LOKI_URL` the lines go to
/// that Loki, which loses no replies.
struct KillSite {
    private static let now: @Sendable () -> Int64 = { Int64(Date().timeIntervalSince1970 * 1e9) }

    /// A container that writes requests, and now and then a trace to its other stream.
    private struct Container {
        let engine: RealEngine
        let name: String

        private static let script = """
            i=0; t=0
            while [ ! -e /tmp/stop ]; do
              j=0
              while [ $j -lt 20 ]; do
                echo "{\\"n\\":$i,\\"msg\\":\\"line $i of container\\"}"; i=$((i+1)); j=$((j+1))
              done
              echo "ERROR [main] c.e.App - line $t of ctraces" >&2
              echo "java.lang.IllegalStateException: no cart" >&2
              printf '\\tat com.example.App.main(App.java:12)\\n' >&2
              printf '\\tat com.example.App.run(App.java:44)\\n' >&2
              t=$((t+1)); usleep 50000
            done
            echo $i > /tmp/lines; echo $t > /tmp/traces; sleep 3600
            """

        init(_ engine: RealEngine) async throws {
            self.engine = engine
            name = "kill-" + UUID().uuidString.prefix(8)
            try await engine.run(name, [], script: Self.script)
        }

        /// Ends the writing; how much there is of each.
        func stop() async throws -> [String: Int] {
            let stop = ": > /tmp/stop; while [ ! -e /tmp/traces ]; do sleep 1; done"
            try await engine.docker("exec", name, "sh", "-c", stop)
            func count(_ file: String) async throws -> Int {
                let text = try await engine.docker("exec", name, "cat", file)
                return Int(text.trimmingCharacters(in: .whitespacesAndNewlines)) ?? -1
            }
            return ["container": try await count("/tmp/lines"), "ctraces": try await count("/tmp/traces")]
        }

        func remove() async throws { try await engine.docker("rm", "-f", name) }
    }

    /// A service's name at Loki: the folder of the files, the journal's identifier, the container.
    private let services: [String]
    private let realLoki = ProcessInfo.processInfo.environment["MARTLET_TEST_LOKI_URL"]
    private let start = Self.now()
    let loki: LokiContractServer
    let opensearch: OpenSearchContractServer
    let martlet: MartletBinary
    private let port: Int
    private let requests: NumberedLines
    private let traces: NumberedLines
    private let journal: NumberedLines?
    /// Lives as long as this does.
    private let journald: JournaldInstance?
    private let container: Container?
    /// All of the configuration but how batches are made.
    private let base: String

    init() async throws {
        loki = try LokiContractServer(now: Self.now)
        opensearch = try OpenSearchContractServer()
        martlet = try MartletBinary()
        port = try FreePort.find()
        let folder = martlet.folder
        requests = try NumberedLines(file: folder + "/shop.log", linesPerSecond: 1_000) {
            NumberedLines.request($0, of: "requests")
        }
        traces = try NumberedLines(file: folder + "/app.log", linesPerSecond: 200) {
            NumberedLines.trace($0, of: "traces")
        }
        var inputs = ["files: [{paths: [\"\(folder)/*.log\"], format: lines, start: beginning}]"]
        if JournaldInstance.isAvailable {
            let journald = try JournaldInstance("kills", fileBytes: "32M")
            self.journald = journald
            journal = NumberedLines(linesPerSecond: 300) { numbers in
                try? journald.write(numbers.map { "line \($0) of journal" })
            }
            let options = "matches: [SYSLOG_IDENTIFIER=test], start: beginning"
            inputs.append("journald: {namespace: \"\(journald.namespace)\", \(options)}")
        } else {
            (journal, journald) = (nil, nil)
            print("skipped: no journald here")
        }
        if let engine = await RealEngine.shared {
            let container = try await Container(engine)
            self.container = container
            inputs.append("docker: {socket: \"unix://\(engine.socket)\", include: [{name: \"\(container.name)\"}]}")
        } else {
            container = nil
            print("skipped: no container engine here")
        }
        services = [folder.split(separator: "/").last.map { String($0) }, "test", container?.name].compactMap { $0 }
        base = """
            inputs: {\(inputs.joined(separator: ", "))}
            outputs:
              loki: {url: "\(realLoki ?? loki.url)", retry: {first: 20ms, max: 100ms}}
              opensearch: {url: "\(opensearch.url)", retry: {first: 20ms, max: 100ms}}
              archive: {directory: \(folder)/archive}

            """
    }

    /// Starts the agent; from round to round with batches from 10 KiB to 4 MiB.
    func startAgent(round: Int) throws -> RunningCommand {
        let batch = ["10KiB, age: 100ms", "64KiB, age: 100ms", "1MiB, age: 500ms", "4MiB, age: 1s"][round % 4]
        let file = try martlet.configure(
            base + "delivery: {batch: {bytes: \(batch)}}\n",
            listen: "127.0.0.1:\(port)",
            agent: "memory_limit: 256MiB"
        )
        return try martlet.start(["run", "-c", file])
    }

    /// Ends all writing; how many records each source has.
    func stopWriting() async throws -> [String: Int] {
        var counts = ["requests": requests.stop(), "traces": traces.stop()]
        if let journal { counts["journal"] = journal.stop() }
        if let container { counts.merge(try await container.stop()) { $1 } }
        return counts
    }

    func scrape() async -> MetricsScrape? { await MetricsScrape.of(port: port) }

    /// The records that each output holds, as text.
    func stored() async throws -> [(output: String, texts: [String])] {
        let archive = try await RunningCommand.run(["sh", "-c", "cat '\(martlet.folder)'/archive/*.gz | gzip -dc"])
        return [
            ("loki", try await inLoki()),
            ("opensearch", opensearch.documents("logs-martlet-default")),
            ("archive", archive.status == 0 ? archive.output.split(separator: "\n").map { String($0) } : []),
        ]
    }

    private func inLoki() async throws -> [String] {
        guard let realLoki else { return loki.streams().values.flatMap { $0 }.map(\.line) }
        let questions = try StoredRecords(url: realLoki)
        var lines: [String] = []
        for service in services {
            // A second at a time, because an answer holds 5,000 lines at most.
            for from in stride(from: start - 5_000_000_000, to: Self.now() + 5_000_000_000, by: 1_000_000_000) {
                lines += try await questions.lokiLines(service: service, from: from, to: from + 1_000_000_000)
            }
        }
        return lines
    }

    func remove() {
        loki.stop()
        opensearch.stop()
        martlet.remove()
        if let container {
            let done = DispatchSemaphore(value: 0)
            Task {
                try? await container.remove()
                done.signal()
            }
            done.wait()
        }
    }
}
