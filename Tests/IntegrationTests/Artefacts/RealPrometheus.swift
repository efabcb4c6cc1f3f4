import Foundation
import TestSupport

/// A Prometheus that scrapes one agent every second, with the committed rules evaluated every two.
struct RealPrometheus {
    private let process: RunningCommand
    let port: Int

    static let isInstalled = FileManager.default.isExecutableFile(atPath: "/usr/bin/prometheus")

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Starts one that keeps its data in a folder.
    init(scraping agent: Int, folder: String) async throws {
        let rules = GenerateTests.repository + "/alerts/prometheus"
        for name in try FileManager.default.contentsOfDirectory(atPath: rules) where name.hasSuffix(".rules.yml") {
            var text = try String(contentsOfFile: rules + "/" + name, encoding: .utf8)
            // A test has seconds, not minutes.
            for interval in ["1m", "5m"] { text = text.replacing("interval: \"\(interval)\"", with: "interval: 2s") }
            try text.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        let configuration = """
            global: {scrape_interval: 1s, evaluation_interval: 2s}
            rule_files: ["\(folder)/*.rules.yml"]
            scrape_configs: [{job_name: martlet, static_configs: [{targets: ["127.0.0.1:\(agent)"]}]}]
            """
        try configuration.write(toFile: folder + "/prometheus.yml", atomically: true, encoding: .utf8)
        let process = try RunningCommand(
            [
                "prometheus", "--config.file", folder + "/prometheus.yml", "--storage.tsdb.path", folder + "/tsdb",
                "--web.listen-address", "127.0.0.1:0", "--enable-feature=exemplar-storage", "--log.level=error",
            ]
        )
        self.process = process
        var port: Int?
        _ = await eventually {
            port = ListeningPort.of(process.pid)
            return port != nil
        }
        guard let port else {
            kill(process.pid, SIGKILL)
            throw Failure(description: "Prometheus does not listen: \(process.wait().output)")
        }
        self.port = port
    }

    func stop() {
        kill(process.pid, SIGKILL)
        _ = process.wait()
    }

    /// What a GET answers: the member `data`.
    func get(_ path: String, _ items: [URLQueryItem] = []) async throws -> Any {
        var components = URLComponents()
        components.scheme = "http"
        components.host = "127.0.0.1"
        components.port = port
        components.path = "/api/v1/" + path
        components.queryItems = items
        // `+` in PromQL is no space.
        components.percentEncodedQuery = components.percentEncodedQuery?.replacing("+", with: "%2B")
        guard let url = components.url else { throw Failure(description: "no address for \(path)") }
        let result = try await RunningCommand.run(["curl", "-sS", url.absoluteString])
        let object = try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any] ?? [:]
        guard object["status"] as? String == "success" else {
            throw Failure(description: object["error"] as? String ?? result.output)
        }
        return object["data"] ?? [:]
    }

    /// How many series an expression gives now.
    func series(_ expression: String) async throws -> Int {
        let data = try await get("query", [URLQueryItem(name: "query", value: expression)]) as? [String: Any]
        return (data?["result"] as? [Any])?.count ?? 0
    }
}
