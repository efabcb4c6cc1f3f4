import Settings
import Testing

struct ConfigurationReaderTests {
    private func root(_ text: String, environment: [String: String] = [:]) throws -> ConfigurationReader {
        try ConfigurationFile.parse(text, file: "m.yaml", environment: environment).root
    }

    @Test func `an absent mapping gives defaults and no problems`() throws {
        let root = try root("{}")
        let absent = root.child("a").child("b")
        #expect(!absent.isPresent)
        #expect(absent.path == "a.b")
        #expect(absent.string("c", default: "d") == "d")
        #expect(absent.duration("c", default: .seconds(3)) == .seconds(3))
        #expect(absent.children("c").isEmpty)
        #expect(absent.pairs("c").isEmpty)
        #expect(root.problems.problems == [])
    }

    @Test func `a value without quotes is text where text is asked for`() throws {
        let root = try root("{a: true, b: 3100, c: 1.20, d: yes}")
        #expect(["a", "b", "c", "d"].map { root.string($0, default: "") } == ["true", "3100", "1.20", "yes"])
    }

    @Test func `lists of mappings keep their order and know their paths`() throws {
        let rules = try root("rules: [{name: a}, {name: b}]").children("rules")
        #expect(rules.map { $0.string("name", default: "") } == ["a", "b"])
        #expect(rules.map(\.path) == ["rules[0]", "rules[1]"])
    }

    @Test func `a mapping of free names to mappings has no unknown names`() throws {
        let root = try root("fields: {latency: {unit: us}, status: {unit: ns}}")
        let fields = root.namedChildren("fields")
        root.finish()
        #expect(fields.map(\.name) == ["latency", "status"])
        #expect(root.problems.problems.map(\.key) == ["fields.latency.unit", "fields.status.unit"])
        for field in fields { _ = field.reader.string("unit", default: "") }
        #expect(root.problems.problems == [])
    }

    @Test func `a list may mix values and mappings`() throws {
        let root = try root("labels: [level, {env: container.label.env}]")
        let items = root.list("labels") ?? []
        root.finish()
        #expect(items.first?.scalar?.text == "level")
        let pairs = items.dropFirst().map { root.reader(over: $0) }
        #expect(pairs.first?.keys == ["env"])
        #expect(pairs.first?.string("env", default: "") == "container.label.env")
        #expect(root.problems.problems == [])
    }

    @Test func `pairs come in the order of the file with the places of their keys`() throws {
        let pairs = try root("labels:\n  zone: b\n  area: 1\n").pairs("labels")
        #expect(pairs.map(\.key) == ["zone", "area"])
        #expect(pairs.map(\.value) == ["b", "1"])
        #expect(pairs.map(\.mark.line) == [2, 3])
    }

    @Test func `durations in a list are read one by one`() throws {
        let root = try root("good: [5ms, 2.5s]\nbad: [5ms, fast]\n")
        #expect(root.durations("good", default: []) == [.milliseconds(5), .milliseconds(2_500)])
        #expect(root.durations("bad", default: [.zero]) == [.zero])
        #expect(root.problems.problems.map(\.key) == ["bad[1]"])
    }

    @Test func `an objective is read as the decimal that was written`() throws {
        let root = try root("{a: 99.9, b: 99.95%, c: 1e2}")
        #expect(root.decimal("a") == ExactDecimal(digits: 999, scale: 1))
        #expect(root.decimal("b") == ExactDecimal(digits: 9_995, scale: 2))
        #expect(root.decimal("c") == nil)
        #expect(root.problems.problems.map(\.key) == ["c"])
    }

    @Test func `a component reports in its own words at the value's place`() throws {
        let root = try root("a:\n  url: ftp://x\n")
        root.child("a").report("url", "is not http", "write http://…")
        root.child("a").report("port", "is missing", "write one")
        let messages = root.problems.problems.map(\.description)
        let url = "m.yaml:2:8: a.url: is not http; write http://…"
        #expect(messages == ["m.yaml:1:1: a.port: is missing; write one", url])
    }

    @Test func `the same mapping asked for twice is the same reader`() throws {
        let root = try root("a: {b: 1, c: 2}")
        _ = root.child("a").string("b", default: "")
        _ = root.child("a").string("c", default: "")
        root.finish()
        #expect(root.problems.problems == [])
    }

    @Test func `a configuration that was read is let go of`() throws {
        weak var collector: ProblemCollector?
        weak var child: ConfigurationReader?
        do {
            let file = try ConfigurationFile.parse("a: {b: 1, items: [{c: 2}]}")
            collector = file.problems
            child = file.root.child("a").children("items").first
            file.root.finish()
            #expect(file.problems.problems.count == 2)
        }
        #expect(collector == nil)
        #expect(child == nil)
    }
}
