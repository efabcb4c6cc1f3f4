import Settings
import Testing

struct ConfigurationNodeTests {
    @Test func `every part knows its place and its path`() throws {
        let text = "# header\nslos:\n  - name: größe   # ü\n    tags: [a, {b: c}]\n"
        let root = try ConfigurationFile.parse(text, file: "m.yaml").root
        let scalars = root.node("slos")?.scalars ?? []
        #expect(scalars.map(\.path) == ["slos[0].name", "slos[0].tags[0]", "slos[0].tags[1].b"])
        #expect(scalars.map(\.mark.description) == ["m.yaml:3:11", "m.yaml:4:12", "m.yaml:4:19"])
    }

    @Test func `columns count characters, not bytes`() throws {
        let root = try ConfigurationFile.parse("{ü: ä, x: y}").root
        #expect(root.node("x")?.mark.column == 11)
    }

    @Test func `quotes and blocks make text of what would be something else`() throws {
        let root = try ConfigurationFile.parse("a: null\nb: 'null'\nc: \"\"\nd: |\n  ~\ne: ~\n").root
        let plain = ["a", "b", "c", "d", "e"].map { root.node($0)?.scalar?.isPlain }
        #expect(plain == [nil, false, false, false, nil])
    }

    @Test func `a byte order mark is passed over`() throws {
        let root = try ConfigurationFile.parse("\u{FEFF}a: 1\n").root
        #expect(root.keys == ["a"])
    }

    @Test func `lines may end as Windows ends them`() throws {
        let root = try ConfigurationFile.parse("a: 1\r\nb:\r\n  - c\r\n").root
        #expect(root.strings("b", default: []) == ["c"])
    }

    @Test func `a NUL in a value is kept`() throws {
        let root = try ConfigurationFile.parse("a: \"x\\0y\"").root
        #expect(root.string("a", default: "") == "x\0y")
    }

    @Test func `the deepest nesting is taken and one more is refused`() throws {
        func nested(_ depth: Int) -> String {
            "a: " + String(repeating: "[", count: depth - 1) + String(repeating: "]", count: depth - 1)
        }
        _ = try ConfigurationFile.parse(nested(ConfigurationLimits.depth))
        let failure = #expect(throws: ConfigurationFailure.self) {
            _ = try ConfigurationFile.parse(nested(ConfigurationLimits.depth + 1))
        }
        #expect(failure?.problems.first?.problem == "more than 32 mappings and lists inside each other")
    }

    @Test func `a file above its limit is refused unread`() {
        let text = String(repeating: "#", count: ConfigurationLimits.fileBytes + 1)
        let failure = #expect(throws: ConfigurationFailure.self) { _ = try ConfigurationFile.parse(text) }
        #expect(failure?.problems.first?.problem == "larger than 1MiB")
    }

    @Test func `text that is no UTF-8 is refused at its place`() {
        let bytes = Array("a: 1\nb: \"x".utf8) + [0xFF]
        let failure = #expect(throws: ConfigurationFailure.self) {
            _ = try ConfigurationFile.parse(bytes, file: "m", environment: [:], readFile: DiskFile.read)
        }
        #expect(failure?.problems.first?.mark == Mark(file: "m", line: 2, column: 6))
    }

    @Test func `documents of others may be many and keep their dollars`() throws {
        let problems = ProblemCollector()
        let files = inMemory(["/slo.yaml": "kind: SLO\n---\n- ${x}\n"])
        let documents = try ConfigurationFile.foreignDocuments(path: "/slo.yaml", readFile: files, problems: problems)
        #expect(documents.count == 2)
        #expect(documents.last?.items?.first?.scalar?.text == "${x}")
        #expect(problems.problems == [])
    }
}
