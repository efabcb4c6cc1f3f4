import Settings
import Testing

struct InterpolationTests {
    private static let environment = [
        "HOST": "loki", "EMPTY": "", "NESTED": "${HOST}", "YAML": "a, b: [c]\n- d", "ON": "true",
    ]
    private static let files = [
        "/run/plain": "s3cret\n", "/run/two": "a\n\n", "/run/crlf": "a\r\n", "/run/bare": "a", "/run/nul": "a\0b",
    ]

    /// What one value becomes.
    private func value(_ written: String) throws -> String? {
        let file = try ConfigurationFile.parse(
            "value: '\(written)'",
            environment: Self.environment,
            readFile: inMemory(Self.files)
        )
        #expect(file.problems.problems == [])
        return file.root.node("value")?.scalar?.text
    }

    @Test(arguments: [
        ("${HOST}", "loki"),
        ("http://${HOST}:${PORT:-3100}/", "http://loki:3100/"),
        ("${MISSING:-}", ""),
        ("${EMPTY}", ""),
        ("${EMPTY:-full}", "full"),
        ("${MISSING:-a:-b}", "a:-b"),
        ("${file:/run/plain}", "s3cret"),
        ("<${file:/run/two}>", "<a\n>"),
        ("${file:/run/crlf}", "a"),
        ("${file:/run/bare}", "a"),
        ("$$", "$"),
        ("$${HOST}", "${HOST}"),
        ("$$$${HOST}", "$${HOST}"),
        ("$$${HOST}", "$loki"),
        ("${NESTED}", "${HOST}"),
        ("^ORD-[0-9]{8}$", "^ORD-[0-9]{8}$"),
        ("$HOST $1 $", "$HOST $1 $"),
        ("no dollar", "no dollar"),
    ])
    func `a reference becomes its value, once`(_ written: String, _ expected: String) throws {
        #expect(try value(written) == expected)
    }

    @Test func `a value that looks like YAML adds no structure`() throws {
        for quote in ["", "'", "\""] {
            let text = "value: \(quote)${YAML}\(quote)\n"
            let file = try ConfigurationFile.parse(text, environment: Self.environment)
            #expect(file.root.string("value", default: "") == Self.environment["YAML"])
            #expect(file.root.keys == ["value"])
        }
    }

    @Test func `keys are not interpolated`() throws {
        let file = try ConfigurationFile.parse("'${HOST}': 1", environment: Self.environment)
        #expect(file.root.keys == ["${HOST}"])
    }

    @Test func `a quoted reference may stand for a number or a bool`() throws {
        let file = try ConfigurationFile.parse("a: '${ON}'\nb: '${N:-7}'\n", environment: Self.environment)
        #expect(file.root.bool("a", default: false))
        #expect(file.root.integer("b", default: 0, in: 0...9) == 7)
        #expect(file.problems.problems == [])
    }

    @Test func `an optional text that interpolates to nothing is absent`() throws {
        let file = try ConfigurationFile.parse("a: ${NONE:-}\nb: ''\n")
        #expect(file.root.optionalString("a") == nil)
        #expect(file.root.optionalString("b") == "")
        #expect(file.problems.problems == [])
    }

    @Test(arguments: [
        ("${MISSING}", "the environment variable `MISSING` is not set", "set it, or write `${MISSING:-default}`"),
        ("${OPEN", "`${` without its `}`", "close it, or write `$${` for a literal `${`"),
        ("${A:-${B}}", "`${…}` inside `${…}`", "references do not nest; write the default as plain text"),
        (
            "${}", "`${}` names neither a variable nor a file",
            "write `${NAME}`, `${NAME:-default}` or `${file:/path}`, or `$${` for a literal `${`"
        ),
        (
            "${A-b}", "`${A-b}` names neither a variable nor a file",
            "write `${NAME}`, `${NAME:-default}` or `${file:/path}`, or `$${` for a literal `${`"
        ),
        (
            "${1A}", "`${1A}` names neither a variable nor a file",
            "write `${NAME}`, `${NAME:-default}` or `${file:/path}`, or `$${` for a literal `${`"
        ),
        ("${file:/run/none}", "the file `/run/none` does not exist", "make the file or name another"),
        (
            "${file:token}", "`${file:…}` names `token`, which is no absolute path",
            "write the path from the root, such as `${file:/run/secrets/token}`"
        ),
        ("${file:/run/nul}", "the file `/run/nul` is not UTF-8 text", "write a text file, base64 for bytes"),
    ])
    func `a reference that cannot be followed says why`(_ written: String, _ problem: String, _ advice: String) throws {
        let file = try ConfigurationFile.parse("value: '\(written)'", file: "m", readFile: inMemory(Self.files))
        #expect(file.root.integer("value", default: 3, in: 0...9) == 3)
        let mark = Mark(file: "m", line: 1, column: 8)
        let expected = ConfigurationProblem(mark: mark, key: "value", problem: problem, advice: advice)
        #expect(file.problems.problems == [expected])
    }

    @Test func `a value cannot grow without bound`() throws {
        let reference = String(repeating: "${BIG}", count: 100)
        let environment = ["BIG": String(repeating: "x", count: 100_000)]
        let file = try ConfigurationFile.parse("value: \(reference)", environment: environment)
        #expect(file.problems.problems.map(\.problem) == ["becomes longer than 1MiB"])
    }
}
