import Foundation

/// The generated recording rules, as one expression each over what agents export: what Prometheus records when it
/// evaluates them every minute, on the minute.
struct RecordedSeries {
    private var expressions: [String: String] = [:]

    /// Reads the committed rules of SLOs.
    init() throws {
        let file = GenerateTests.repository + "/alerts/prometheus/martlet-slo.rules.yml"
        let lines = try String(contentsOfFile: file, encoding: .utf8).split(separator: "\n").map { String($0) }
        var name = ""
        for (number, line) in lines.enumerated() {
            if line.hasPrefix("      - ") {
                name = line.hasPrefix("      - record: ") ? String(line.dropFirst(16)) : ""
            } else if !name.isEmpty, line.hasPrefix("        expr: ") {
                let text = String(line.dropFirst(14))
                let block = lines[(number + 1)...].prefix { $0.hasPrefix("          ") }
                let isBlock = text.hasPrefix("|")
                expressions[name] = isBlock ? block.joined(separator: " ") : text.trimmingCharacters(in: ["\""])
            }
        }
    }

    /// An expression in which every recorded series stands as what records it; a range of one is a subquery.
    func expanded(_ expression: String) -> String {
        var result = ""
        var rest = expression[...]
        while let first = rest.first {
            let word = rest.prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == ":" }
            guard !word.isEmpty else {
                result.append(first)
                rest = rest.dropFirst()
                continue
            }
            rest = rest.dropFirst(word.count)
            guard let recorded = expressions[String(word)] else {
                result += word
                continue
            }
            result += "(" + expanded(recorded) + ")"
            guard rest.first == "[" else { continue }
            result += rest.prefix { $0 != "]" } + ":1m"
            rest = rest.drop { $0 != "]" }
        }
        return result
    }
}
