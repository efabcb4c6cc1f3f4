import Foundation
import TestSupport
import Testing

/// The series of one scrape, and which of them went back since another.
struct MetricsScrape: Sendable {
    let values: [String: Double]

    init(_ text: String) {
        var values: [String: Double] = [:]
        for line in text.split(separator: "\n") where !line.hasPrefix("#") {
            let exposition = line.range(of: " # ").map { line[..<$0.lowerBound] } ?? line
            guard let space = exposition.lastIndex(of: " ") else { continue }
            values[String(exposition[..<space])] = Double(exposition[exposition.index(after: space)...])
        }
        self.values = values
    }

    /// Asks an agent; nil when it does not answer.
    static func of(port: Int) async -> MetricsScrape? {
        guard let answer = try? await BlockingWork.run({ LoopbackRequest.get("/metrics", port: port) }),
            let head = answer.range(of: "\r\n\r\n"), answer.hasPrefix("HTTP/1.1 200")
        else { return nil }
        let scrape = MetricsScrape(String(answer[head.upperBound...]))
        #expect(scrape.unaccounted == [], "read = shipped + dropped + in flight does not hold")
        return scrape
    }

    /// Outputs whose records do not add up; at no time should there be any.
    var unaccounted: [String] {
        values.filter { $0.key.hasPrefix("martlet_conservation_error") && $0.value != 0 }.keys.sorted()
    }

    /// Counters that are lower than they were before; those of the process begin anew with it.
    func wentBack(since earlier: MetricsScrape) -> [String] {
        earlier.values.filter { series, before in
            let name = series.prefix { $0 != "{" }
            let isCounter = ["_total", "_bucket", "_count", "_sum"].contains { name.hasSuffix($0) }
            return isCounter && !name.hasPrefix("process_") && (values[series] ?? 0) < before
        }.keys.sorted()
    }

    /// The sum of a family's series that have all of these labels.
    func sum(_ name: String, _ labels: String...) -> Double {
        values.filter { series, _ in
            series.prefix { $0 != "{" } == name && labels.allSatisfy { series.contains($0) }
        }.values.reduce(0, +)
    }
}
