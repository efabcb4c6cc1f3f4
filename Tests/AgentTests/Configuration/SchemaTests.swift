import Agent
import Artefacts
import Settings
import Testing

/// The JSON Schema and the agent know the same keys.
@Suite struct SchemaTests {
    @Test("Every key of the schema is a key of the agent", arguments: paths(ConfigurationSchema.root))
    func known(_ path: [String]) {
        let messages = Self.messages(Self.text(path))
        #expect(!messages.contains { $0.contains("unknown key") }, "\(messages)")
    }

    @Test("A key that the schema lacks is unknown to the agent, too")
    func unknown() {
        #expect(Self.messages("agent: {nonsense: 1}").contains { $0.contains("unknown key") })
    }

    @Test("Every key of the complete file stands in the schema, with a value that it allows")
    func complete() throws {
        let folders = #filePath.split(separator: "/").dropLast(4)
        let path = "/" + folders.joined(separator: "/") + "/Config/complete.yaml"
        let file = try ConfigurationFile.load(path: path, environment: [:])
        var seen = 0
        for key in file.root.keys {
            let node = try #require(file.root.node(key))
            let schema = try #require(ConfigurationSchema.root.first { $0.name == key }, "\(key)")
            seen += check(node, schema.kind)
        }
        #expect(seen > 150)
    }

    /// Checks a node and what is below it; how many nodes these are.
    private func check(_ node: ConfigurationNode, _ kind: SchemaKind) -> Int {
        switch kind {
        case .mapping(let keys):
            return 1
                + (node.entries ?? []).reduce(0) { sum, entry in
                    guard let key = keys.first(where: { $0.name == entry.key }) else {
                        Issue.record("\(node.path).\(entry.key) is not in the schema")
                        return sum
                    }
                    return sum + check(entry.value, key.kind)
                }
        case .names(let value): return 1 + (node.entries ?? []).reduce(0) { $0 + check($1.value, value) }
        case .list(let item): return 1 + (node.items ?? []).reduce(0) { $0 + check($1, item) }
        case .either(let kinds):
            guard let fitting = kinds.first(where: { Self.fits(node, $0) }) else {
                Issue.record("\(node.path) fits none of its kinds")
                return 1
            }
            return check(node, fitting)
        default:
            #expect(Self.fits(node, kind), "\(node.path)")
            return 1
        }
    }

    private static func fits(_ node: ConfigurationNode, _ kind: SchemaKind) -> Bool {
        guard let text = node.scalar?.text else {
            switch kind {
            case .mapping, .names: return node.entries != nil
            case .list: return node.items != nil
            default: return false
            }
        }
        switch kind {
        case .text: return true
        case .flag: return text == "true" || text == "false"
        case .integer(let range): return Int(text).map { range.contains($0) } ?? false
        case .decimal: return Double(text) != nil
        case .percent: return text.hasSuffix("%") && Double(text.dropLast()) != nil
        case .duration: return DurationText.parse(text) != nil
        case .size: return SizeText.parse(text) != nil
        case .choice(let names): return names.contains(text)
        case .either(let kinds): return kinds.contains { fits(node, $0) }
        case .mapping, .names, .list: return false
        }
    }

    // MARK: Paths

    /// The ways to keys: names, and `[]` where a list stands between.
    private static func paths(_ keys: [SchemaKey]) -> [[String]] {
        keys.flatMap { key in [[key.name]] + below(key.kind).map { [key.name] + $0 } }
    }

    private static func below(_ kind: SchemaKind) -> [[String]] {
        switch kind {
        case .mapping(let keys): paths(keys)
        case .list(let item): below(item).map { ["[]"] + $0 }
        case .names(let value): below(value).map { ["latency"] + $0 }
        case .either(let kinds): kinds.flatMap { below($0) }
        default: []
        }
    }

    /// A configuration with something at that place.
    private static func text(_ path: [String]) -> String {
        var text = "1"
        for part in path.reversed() { text = part == "[]" ? "[\(text)]" : "{\(part): \(text)}" }
        return text
    }

    private static func messages(_ text: String) -> [String] {
        do {
            _ = try AgentConfiguration.parse(text)
            return []
        } catch {
            return error.problems.map(\.description)
        }
    }
}
