import Testing

/// Each rule is shown what it must find and what it must leave alone.
@Suite struct RuleTests {
    private func lines(_ rule: any Rule, _ text: String, path: String = "Sources/Spool/Lane.swift") -> [Int] {
        rule.violations(in: SourceFile(path: path, text: text)).map(\.line)
    }

    @Test(arguments: [
        ("Spool", "import RecordPath", true), ("Spool", "package import RecordPath", true),
        ("RecordPath", "import Spool", false), ("Spool", "import Agent", false),
        ("Spool", "import Foundation", false), ("Spool", "import FoundationEssentials", true),
        ("RecordPath", "import FoundationEssentials", false), ("RecordPath", "import Glibc", true),
        ("RecordPath", "import Dispatch", false), ("Admin", "import NIOHTTP1", true),
        ("Inputs", "import NIOHTTP1", false), ("Inputs", "@preconcurrency import struct NIOCore.ByteBuffer", false),
        ("Agent", "import Yams", false), ("Inputs", "// import Agent", true), ("Inputs", "let important = 1", true),
        ("Unheard", "import RecordPath", false),
    ])
    func importsFollowTheModuleGraph(target: String, line: String, allowed: Bool) {
        #expect(lines(ImportRule(), "\n" + line, path: "Sources/\(target)/X.swift") == (allowed ? [] : [2]))
    }

    @Test func aFileMayHaveFiveHundredLinesAndNoMore() {
        #expect(lines(LengthRule(), String(repeating: "let a = 1\n", count: 500)) == [])
        #expect(lines(LengthRule(), String(repeating: "let a = 1\n", count: 501)) == [501])
        #expect(lines(LengthRule(), String(repeating: "int a;\n", count: 501), path: "Sources/CScan/a.c") == [501])
    }

    @Test func aFunctionMayHaveSixtyLinesAndNoMore() {
        func text(_ statements: Int) -> String {
            "\nfunc f(a: Int) -> (Int) -> Int\nwhere Self: X {\n"
                + String(repeating: "  if x { print(\"}\") } // }\n", count: statements) + "}\n"
        }
        #expect(lines(LengthRule(), text(57)) == [])
        #expect(lines(LengthRule(), text(58)) == [2])
    }

    @Test(arguments: [
        ("func f(a: Int, b: [Int: Int], c: (Int, Int), d: D<A, B>, e: () -> Int = { g(1, 2) }) {}", true),
        ("func f(a: A, b: B, c: C, d: D, e: E, f: F, g: G) {}", false),
        ("func f<A, B, C, D, E, F>(a: A) {}", true),
        ("func f(a: (A) -> B, b: B, c: C, d: D, e: E, f: F, g: G = 1)", true),
        ("func < (a: A, b: B) -> Bool { a.x < b.x }", true),
        ("subscript(a: A, b: B, c: C, d: D, e: E, f: F, g: G) -> Int { 1 }", false),
        ("init(a: A, b: B, c: C, d: D, e: E, f: F) {}", true),
        ("let a = Point.init(1, 2, 3, 4, 5, 6)", true),
        ("func f(\n  a: A,\n  b: B,\n  c: C,\n  d: D,\n  e: E,\n) {}", true),
    ])
    func aFunctionTakesSixParametersWithoutDefaultAndNoMore(text: String, allowed: Bool) {
        #expect(lines(LengthRule(), text) == (allowed ? [] : [1]))
    }

    @Test func anInterpolationLeavesTheBracketsInBalance() {
        let text =
            "func f() -> String {\n  \"a\\(g(x, \"}\\(y)\"))b\"\n}\n" + String(repeating: "let a = 1\n", count: 80)
        let shapes = FunctionScanner.functions(in: SourceFile(path: "Sources/A/B.swift", text: text))
        #expect(shapes.map(\.lines) == [3])
    }

    @Test func aRequirementDoesNotBorrowTheBodyOfWhatFollows() {
        let text = "protocol P {\nfunc f(a: Int) -> Int\nvar x: Int { get }\n}\n"
        let shapes = FunctionScanner.functions(in: SourceFile(path: "Sources/A/B.swift", text: text))
        #expect(shapes == [FunctionShape(name: "f", line: 2, parameters: 1, lines: 0, isInitialiser: false)])
    }

    @Test(arguments: [
        ("let a = b!", false), ("let a = b()!.c", false), ("try! f()", false), ("x as! Int", false),
        ("var a: Int!", false), ("if !a {}", true), ("if a != b {}", true), ("f(!a, [!b])", true),
        ("let a = \"wow!\"", true), ("let a = \"\\(b!)\"", false), ("// b!", true), ("/* b! /* c! */ d! */", true),
        ("let a = #\"\\(b!)\"#", true), ("let a = \"\"\"\n  b! \"quoted\"\n  \"\"\"", true),
        ("#if !os(Linux)", true), ("let ok = a && !b", true),
    ])
    func forceUnwrappingIsFoundInCodeOnly(text: String, allowed: Bool) {
        #expect(lines(BannedCodeRule(), text) == (allowed ? [] : [1]))
    }

    @Test(arguments: [
        ("// TODO later", false), ("// FIXME", false), ("let todoList = 1", true), ("public struct A {}", false),
        ("package struct A {}", true), ("let r: Regex<Int>", false), ("let text = \"public\"", true),
        ("func f() async {}", true),
    ])
    func wordsThatDoNotLandAreFound(text: String, allowed: Bool) {
        #expect(lines(BannedCodeRule(), text) == (allowed ? [] : [1]))
    }

    @Test(arguments: ["func f() async {}", "let t = ContinuousClock()", "Task { }", "clock_gettime(1, &t)"])
    func theRecordPathNeitherWaitsNorTellsTheTime(text: String) {
        #expect(lines(BannedCodeRule(), text, path: "Sources/RecordPath/Scan/A.swift") == [1])
    }

    @Test func whatTurnsACheckOffNeedsACommentNearby() {
        let declaration = "final class A: @unchecked Sendable {}"
        #expect(lines(CommentedUnsafeRule(), declaration) == [1])
        #expect(lines(CommentedUnsafeRule(), "// Only the loop writes.\n" + declaration) == [])
        #expect(lines(CommentedUnsafeRule(), "// Far.\n" + String(repeating: "\n", count: 6) + declaration) == [8])
        #expect(lines(CommentedUnsafeRule(), "nonisolated(unsafe) var a = 1 // Written once.") == [])
        #expect(lines(CommentedUnsafeRule(), "let a = \"@unchecked Sendable\"") == [])
    }

    @Test func aViolationNamesFileLineAndRule() {
        let file = SourceFile(path: "Sources/RecordPath/A.swift", text: "import Spool")
        let found = ImportRule().violations(in: file).map(\.description)
        #expect(
            found == [
                "Sources/RecordPath/A.swift:1: RecordPath must not import Spool: the arrow is not in ModuleGraph.arrows"
            ]
        )
    }
}
