import Foundation
import TestSupport
import Testing

/// The worked cases of `research/slo-dashboards.md` 4, from lines to firing times, through the real binary.
@Suite struct BacktestTests {
    /// Traffic of one service: slots of 15 s with so many good and bad requests each.
    private struct Log {
        static let origin = 1_795_219_200  // a midnight, so that slots of every width begin together
        private(set) var bytes: [UInt8] = []
        /// Seconds since the first error.
        private(set) var second: Int
        private var frame: (String, Int) -> String

        init(hours: Double, frame: @escaping (String, Int) -> String = { line, _ in line }) {
            second = -Int(hours * 3_600)
            self.frame = frame
        }

        mutating func add(until end: Int, good: Int, bad: Int, every step: Int = 15) {
            while second < end {
                let time = Log.origin + second
                for status in [(200, good), (503, bad)] where status.1 > 0 {
                    let line = "{\"time\":\(time),\"service\":\"checkout\",\"status\":\(status.0)}"
                    let framed = Array((frame(line, time) + "\n").utf8)
                    for _ in 0..<status.1 { bytes += framed }
                }
                second += step
            }
        }
    }

    /// What `slo backtest --format json` says.
    private struct Report {
        private(set) var fired: [String: Int] = [:]
        private(set) var resolved: [String: Int] = [:]
        private(set) var summary: [String: Any] = [:]

        init(_ output: String) throws {
            let parser = ISO8601DateFormatter()
            for line in output.split(separator: "\n") {
                let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any] ?? [:]
                if let summary = object["summary"] as? [String: Any] { self.summary = summary }
                guard let tier = object["tier"] as? String, fired[tier] == nil else { continue }
                let second = { (key: String) -> Int? in
                    (object[key] as? String).flatMap { parser.date(from: $0) }
                        .map { Int($0.timeIntervalSince1970) - Log.origin }
                }
                fired[tier] = second("fired_at")
                resolved[tier] = second("resolved_at")
            }
        }

        func burn(_ window: String) -> Double? { (summary["burn_rate"] as? [String: Any])?[window] as? Double }
    }

    private func backtest(_ log: Log, objective: String = "99.9", alert: String = "{}") async throws -> Report {
        try await backtest(["log.ndjson": log.bytes], objective: objective, alert: alert)
    }

    private func backtest(
        _ files: [String: [UInt8]],
        objective: String = "99.9",
        alert: String = "{}",
        sli: String = "{bad: status >= 500, total: status > 0}"
    ) async throws -> Report {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            "slos: [{name: availability, service: checkout, objective: \(objective), sli: \(sli), alert: \(alert)}]\n"
        )
        for (name, bytes) in files { try Data(bytes).write(to: URL(fileURLWithPath: martlet.folder + "/" + name)) }
        let paths = files.keys.sorted().map { martlet.folder + "/" + $0 }
        let result = try await martlet.run(["slo", "backtest", "--format", "json", "-c", file] + paths)
        #expect(result.status == 0, "\(result.output)")
        return try Report(result.output)
    }

    /// Within a slot and an evaluation after the time of the formula.
    private func isTimely(_ second: Int?, _ expected: Double) -> Bool {
        guard let second else { return false }
        return Double(second) >= expected && Double(second) <= expected + 30
    }

    @Test func `T1: a total outage pages after 52 s, and every tier in its time`() async throws {
        var log = Log(hours: 76)
        log.add(until: 0, good: 2, bad: 0)
        log.add(until: 600, good: 0, bad: 2)
        let report = try await backtest(log)
        #expect(isTimely(report.fired["fast"], 51.84))
        #expect(isTimely(report.fired["medium"], 129.6))
        #expect(isTimely(report.fired["slow"], 259.2))
        #expect(isTimely(report.fired["trickle"], 259.2))
    }

    @Test func `T2: one request in ten fails`() async throws {
        var log = Log(hours: 76)
        log.add(until: 0, good: 10, bad: 0)
        log.add(until: 3_000, good: 9, bad: 1)
        let report = try await backtest(log)
        #expect(isTimely(report.fired["fast"], 518.4))
        #expect(isTimely(report.fired["medium"], 1_296))
        #expect(isTimely(report.fired["slow"], 2_592))
        #expect(isTimely(report.fired["trickle"], 2_592))
    }

    @Test func `T3: exactly at the threshold the fast tier never fires`() async throws {
        var log = Log(hours: 6.1)
        log.add(until: 0, good: 625, bad: 0)
        log.add(until: 9_300, good: 616, bad: 9)
        let report = try await backtest(log)
        #expect(report.fired["fast"] == nil)
        #expect(isTimely(report.fired["medium"], 9_000))
    }

    @Test func `T4: ten minutes of errors page, and are over when the short window forgets them`() async throws {
        var log = Log(hours: 6.1)
        log.add(until: 0, good: 20, bad: 0)
        log.add(until: 600, good: 17, bad: 3)
        log.add(until: 3_600, good: 20, bad: 0)
        let report = try await backtest(log)
        #expect(isTimely(report.fired["fast"], 345.6))
        #expect(isTimely(report.resolved["fast"], 871.2))
        #expect(report.fired["medium"] == nil)
    }

    @Test func `T6: one failure of ten an hour pages only without the guard on bad events`() async throws {
        for (alert, pages) in [("{}", false), ("{min_bad: 1}", true)] {
            var log = Log(hours: 8)
            log.add(until: 0, good: 1, bad: 0, every: 360)
            log.add(until: 15, good: 0, bad: 1)
            let report = try await backtest(log, alert: alert)
            #expect((report.fired["fast"] != nil) == pages)
            #expect(report.burn("5m").map { abs($0 - 1_000) < 0.001 } == true)
            #expect(report.burn("1h").map { abs($0 - 1_000 / 11) < 10 } == true, "an hour, and up to a slot more")
        }
    }

    @Test func `T7: at 90% the fast tier is left out and the medium one pages`() async throws {
        var log = Log(hours: 76)
        log.add(until: 0, good: 1, bad: 0)
        log.add(until: 27_000, good: 0, bad: 1)
        let report = try await backtest(log, objective: "90")
        #expect(report.fired["fast"] == nil)
        #expect(isTimely(report.fired["medium"], 12_960))
        // Their windows are up to a slot of five minutes longer, three tenths and a tenth of which must fail too.
        #expect(abs((report.fired["slow"] ?? 0) - 25_920) <= 300)
        #expect(abs((report.fired["trickle"] ?? 0) - 25_920) <= 300)
    }

    @Test func `T12: the period's burn rate weighs events, not windows`() async throws {
        var log = Log(hours: 30 * 24)
        for day in -30..<0 {
            for hour in 0..<24 {
                let end = (day * 24 + hour + 1) * 3_600
                if hour < 10 {
                    log.add(until: end, good: 499, bad: 1, every: 3_600)
                } else {
                    log.add(until: end, good: 5, bad: 0, every: 3_600)
                }
            }
        }
        let report = try await backtest(log)
        #expect(report.burn("30d").map { abs($0 - 1.9724) < 0.0001 } == true)
        #expect((report.summary["budget_remaining"] as? Double).map { abs($0 + 0.9724) < 0.0001 } == true)
    }

    @Test func `T13: a window without requests has no burn rate and spoils no other`() async throws {
        var log = Log(hours: 2)
        log.add(until: 3_600, good: 999, bad: 1)
        log.add(until: 4_500, good: 0, bad: 0)
        log.add(until: 4_515, good: 1, bad: 0)
        let report = try await backtest(log)
        #expect(report.burn("5m") == 0)
        #expect(report.burn("30m").map { $0 > 0.9 && $0 < 1.1 } == true)
        #expect(report.burn("30d").map(\.isFinite) == true)
    }

    @Test func `T14: two agents together are one on the merged log`() async throws {
        var first = Log(hours: 0)
        first.add(until: 15, good: 999, bad: 1)
        var second = Log(hours: 0)
        second.add(until: 15, good: 5, bad: 5)
        let parts = [try await backtest(first), try await backtest(second)]
        let merged = try await backtest(["a.ndjson": first.bytes, "b.ndjson": second.bytes])
        for key in ["good", "bad"] {
            let sum = parts.compactMap { $0.summary[key] as? Int }.reduce(0, +)
            #expect(sum == merged.summary[key] as? Int)
        }
        #expect(merged.burn("5m").map { abs($0 - 5.9406) < 0.0001 } == true)
    }

    @Test func `T16: six hours of history make no ticket of the tiers that look at days`() async throws {
        var log = Log(hours: 6)
        log.add(until: 0, good: 10, bad: 0)
        log.add(until: 3_600, good: 9, bad: 1)
        let report = try await backtest(log)
        #expect(report.fired["slow"] == nil && report.fired["trickle"] == nil)
        #expect(isTimely(report.fired["fast"], 518.4))
    }

    @Test func `Every way in which logs are kept gives the same result`() async throws {
        let stamp = { (time: Int) in ISO8601DateFormatter().string(from: Date(timeIntervalSince1970: Double(time))) }
        let escaped = { (line: String) in line.replacingOccurrences(of: "\"", with: "\\\"") }
        let frames: [(String, Int) -> String] = [
            { line, _ in line },
            { line, time in "{\"log\":\"\(escaped(line))\\n\",\"stream\":\"stdout\",\"time\":\"\(stamp(time))\"}" },
            { line, time in "\(stamp(time)) stdout F \(line)" }, { line, time in "\(stamp(time)) \(line)" },
        ]
        for frame in frames {
            var log = Log(hours: 1, frame: frame)
            log.add(until: 0, good: 10, bad: 0)
            log.add(until: 900, good: 9, bad: 1)
            let report = try await backtest(log)
            #expect(isTimely(report.fired["fast"], 518.4 / 6) == false && report.fired["fast"] != nil)
            #expect(report.summary["bad"] as? Int == 60)
            #expect(report.summary["good"] as? Int == 2_400 + 540)
        }
    }

    @Test func `An archive of our own, compressed, is read back`() async throws {
        let martlet = try MartletBinary()
        defer { martlet.remove() }
        let file = try martlet.configure(
            """
            inputs: {stdin: {}}
            outputs: {archive: {directory: \(martlet.folder)/archive}}
            slos: [{name: slow, service: checkout, objective: 99, sli: {latency: {threshold: 300ms}}}]
            """
        )
        let lines = (0..<100).map { number in
            let time = stampNow()
            return
                "{\"time\":\"\(time)\",\"service\":\"checkout\",\"status\":200,\"latency_ms\":\(number < 10 ? 301 : 300),\"path\":\"/\"}"
        }
        let run = try await martlet.run(
            ["run", "--once", "-c", file],
            input: Array((lines.joined(separator: "\n") + "\n").utf8)
        )
        #expect(run.status == 0, "\(run.output)")
        let names = try FileManager.default.contentsOfDirectory(atPath: martlet.folder + "/archive").filter {
            $0.hasSuffix(".gz")
        }
        try #require(!names.isEmpty)
        let paths = names.map { martlet.folder + "/archive/" + $0 }
        let result = try await martlet.run(["slo", "backtest", "--format", "json", "-c", file] + paths)
        #expect(result.status == 0, "\(result.output)")
        let report = try Report(result.output)
        #expect(report.summary["good"] as? Int == 90 && report.summary["bad"] as? Int == 10)
    }

    private func stampNow() -> String { ISO8601DateFormatter().string(from: Date()) }
}
