import Foundation
import Objectives
import RecordPath
import Settings
import TestSupport
import Testing

/// Random incidents, told by three that must agree: the agent, a recount of every event, and a real Prometheus that
/// evaluates the generated rules over the backfilled scrapes.
///
/// Moments lie on slots and scrapes, so that all three see the same stretch of time.
@Suite(.serialized, .enabled(if: HistoryPrometheus.canRun, "prometheus or promtool is not installed"))
struct RuleHistoryTests {
    /// A midnight, so that slots of every width begin together.
    private static let midnight: Int64 = 20_000 * 86_400

    @Test(.timeLimit(.minutes(5)))
    func `A thousand incident histories give the agent's burn rates exactly and Prometheus' within 1%`() async throws {
        let end = Self.midnight
        let moments = [end - 600, end - 300, end]
        let histories = try Self.histories(1_000, hours: 7, endingAt: end) { _ in }
        try await Self.judge(histories, step: 150, moments: moments, windows: ["5m", "30m", "1h", "2h", "6h"])
    }

    /// Long windows are made of rates of five minutes, which take five minutes to see all of an event: nothing happens
    /// where a window begins or ends.
    @Test(.timeLimit(.minutes(5)))
    func `Days and the period agree too where their edges are quiet`() async throws {
        let end = Self.midnight
        let histories = try Self.histories(8, hours: 76, endingAt: end) { history in
            for edge in [0, 86_400, 3 * 86_400] as [Int64] { history.quieten(around: end - edge) }
        }
        try await Self.judge(histories, step: 60, moments: [end], windows: ["1d", "3d", "30d"])
    }

    // MARK: The three

    private static func histories(
        _ count: Int,
        hours: Int,
        endingAt end: Int64,
        _ change: (inout IncidentHistory) -> Void
    ) throws -> [IncidentHistory] {
        var random = SeededGenerator(seed: 7)
        let slos = try ["99.9", "99.95", "99", "95", "90"].map(Self.slo)
        return (0..<count).map { number in
            let start = end - Int64(hours * 3_600)
            var history = IncidentHistory("h\(number)", slos[number % slos.count], start: start, hours: hours, &random)
            change(&history)
            return history
        }
    }

    private static func slo(_ objective: String) throws -> SLO {
        var attributes = AttributeNames()
        let text = "slos: [{name: a, service: shop, objective: \(objective), sli: {bad: status >= 500}}]\n"
        let file = try ConfigurationFile.parse(text)
        return try #require(SLOSet(reading: file.root, attributes: &attributes).slos.first)
    }

    private static func judge(
        _ histories: [IncidentHistory],
        step: Int,
        moments: [Int64],
        windows: [String]
    ) async throws {
        let folder = NSTemporaryDirectory() + "martlet-history-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let prometheus = try await HistoryPrometheus(openMetrics(histories, step: step), folder: folder)
        defer { prometheus.stop() }
        let rules = try RecordedSeries()
        let readings = histories.map { $0.readings(at: moments) }
        for (place, moment) in moments.enumerated() {
            for window in BurnWindow.allCases where windows.contains(window.label(in: .standard)) {
                let label = window.label(in: .standard)
                let burn = "slo:sli_error:ratio_rate\(label) / on (sloth_id) slo:error_budget:ratio"
                let recorded = try await prometheus.values(rules.expanded(burn), at: moment)
                #expect(!recorded.isEmpty, "nothing is recorded over \(label)")
                for (history, reading) in zip(histories, readings) {
                    let agent = reading[place].windows.first { $0.window == window }
                    let length = window.seconds ?? history.slo.period.nominalSeconds
                    let recount = history.slo.budget.burnRate(history.recount(moment - length..<moment))
                    #expect(agent?.burnRate == recount, "\(history.id) over \(label)")
                    #expect(isClose(recorded[history.id], recount), "\(history.id) over \(label)")
                }
            }
        }
    }

    private static func openMetrics(_ histories: [IncidentHistory], step: Int) -> String {
        let scrapes = histories.map { $0.scrapes(every: step) }
        return "# TYPE martlet_slo_events counter\n" + scrapes.map(\.events).joined()
            + "# TYPE martlet_slo_objective_ratio gauge\n" + scrapes.map(\.objective).joined() + "# EOF\n"
    }

    /// Within 1%; where there are no events, both say nothing.
    private static func isClose(_ recorded: Double?, _ expected: Double?) -> Bool {
        guard let recorded, let expected else { return recorded == nil && expected == nil }
        return abs(recorded - expected) <= expected * 0.01
    }
}
