import RecordPath
import TestSupport
import Testing

/// Compiled expressions against an evaluator that walks a tree, and the parser against noise.
@Suite struct ExpressionOracleTests {
    /// A condition as a test builds it: how it is written, and what it means.
    private struct Condition {
        let text: String
        let holds: (SampleRecord) -> Bool
    }

    @Test func `Random expressions mean what a plain evaluator says`() throws {
        var random = SeededGenerator(seed: 7)
        var held = 0
        for _ in 0..<2_000 {
            let condition = Self.condition(depth: 4, &random)
            var names = AttributeNames()
            let expression = try Expression(condition.text, attributes: &names)
            for _ in 0..<8 {
                let record = Self.record(&random)
                record.names = names
                let expected = condition.holds(record)
                held += expected ? 1 : 0
                #expect(expression.holds(for: record) == expected, "\(condition.text)")
            }
        }
        #expect(held > 2_000 && held < 14_000, "the conditions are neither all true nor all false")
    }

    @Test func `Noise is taken or refused at a place within it, and never traps`() {
        var random = SeededGenerator(seed: 11)
        let alphabet = Array("()[],\"'\\ andornotin<>=!~&|.*+?{}^$-0123456789ms level status route attributes.x é".utf8)
        var taken = 0
        for round in 0..<20_000 {
            var bytes = Array(Self.condition(depth: 3, &random).text.utf8)
            for _ in 0..<(round % 6) where !bytes.isEmpty {
                let place = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes.remove(at: place)
                case 1: bytes.insert(alphabet[Int.random(in: 0..<alphabet.count, using: &random)], at: place)
                default: bytes.removeLast(bytes.count - place)
                }
            }
            let text = String(decoding: bytes, as: UTF8.self)
            var names = AttributeNames()
            do {
                let expression = try Expression(text, attributes: &names)
                let record = Self.record(&random)
                record.names = names
                _ = expression.holds(for: record)
                taken += 1
            } catch {
                #expect(error.offset >= 0 && error.offset <= text.utf8.count, "\(text) \(error)")
                #expect(!error.problem.isEmpty && !error.advice.isEmpty)
            }
        }
        #expect(taken > 1_000)
    }

    private static func record(_ random: inout SeededGenerator) -> SampleRecord {
        let words = ["", "a", "ab", "/a/b", "GET"]
        func maybe<Value>(_ value: Value) -> Value? { Bool.random(using: &random) ? value : nil }
        var texts: [ExpressionField: String] = [:]
        texts[.route] = maybe(words.randomElement(using: &random) ?? "")
        texts[.service] = maybe(words.randomElement(using: &random) ?? "")
        var attributes: [String: String] = [:]
        attributes["x"] = maybe("\(Int.random(in: 0...4, using: &random))")
        attributes["y"] = maybe(words.randomElement(using: &random) ?? "")
        return SampleRecord(
            level: Level.allCases.randomElement(using: &random) ?? .none,
            status: maybe(Int64.random(in: 198...202, using: &random)),
            latency: maybe(Int64.random(in: 0...4, using: &random) * 1_000_000),
            texts: texts,
            attributes: attributes
        )
    }

    private static func condition(depth: Int, _ random: inout SeededGenerator) -> Condition {
        guard depth > 0, Int.random(in: 0..<4, using: &random) > 0 else { return leaf(&random) }
        let left = condition(depth: depth - 1, &random)
        let right = condition(depth: depth - 1, &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: return Condition(text: "(\(left.text) and \(right.text))") { left.holds($0) && right.holds($0) }
        case 1: return Condition(text: "((\(left.text)) or \(right.text))") { left.holds($0) || right.holds($0) }
        default: return Condition(text: "not (\(left.text))") { !left.holds($0) }
        }
    }

    private static func leaf(_ random: inout SeededGenerator) -> Condition {
        let order = ["==", "!=", "<", "<=", ">", ">="].randomElement(using: &random) ?? "=="
        let number = Int64.random(in: 198...202, using: &random)
        let word = ["", "a", "ab", "/a/b"].randomElement(using: &random) ?? ""
        switch Int.random(in: 0..<7, using: &random) {
        case 0:
            return Condition(text: "status \(order) \(number)") { compares($0.numbers[.status], order, number) }
        case 1:
            let millis = number - 198
            return Condition(text: "latency \(order) \(millis)ms") {
                compares($0.numbers[.latency], order, millis * 1_000_000)
            }
        case 2:
            let level = Level.allCases.dropFirst().randomElement(using: &random) ?? .info
            return Condition(text: "level \(order) \"\(level.name)\"") {
                compares($0.level == .none ? nil : Int64($0.level.rawValue), order, Int64(level.rawValue))
            }
        case 3:
            return Condition(text: "attributes.x \(order) \(number - 198)") {
                compares($0.attributes["x"].flatMap { Int64($0) }, order, number - 198)
            }
        case 4:
            return Condition(text: "route in [\"\(word)\", 'q']") { $0.texts[.route] == word }
        case 5:
            return Condition(text: "attributes.y != \"\(word)\"") { $0.attributes["y"].map { $0 != word } ?? false }
        default:
            return Condition(text: "service =~ \"^a|b$\"") {
                guard let text = $0.texts[.service] else { return false }
                return text.hasPrefix("a") || text.hasSuffix("b")
            }
        }
    }

    private static func compares(_ left: Int64?, _ order: String, _ right: Int64) -> Bool {
        guard let left else { return false }
        switch order {
        case "==": return left == right
        case "!=": return left != right
        case "<": return left < right
        case "<=": return left <= right
        case ">": return left > right
        default: return left >= right
        }
    }
}
