import Inputs
import TestSupport
import Testing

struct PathPatternTests {
    @Test(arguments: [
        ("/var/log/*.log", "/var/log/a.log", true), ("/var/log/*.log", "/var/log/x/a.log", false),
        ("/var/log/*.log", "/var/log/.a.log", false), ("/var/log/.*", "/var/log/.a", true),
        ("/var/log/?.log", "/var/log/é.log", true), ("/var/log/?.log", "/var/log/ab.log", false),
        ("/l/[a-c]x", "/l/bx", true), ("/l/[a-c]x", "/l/dx", false), ("/l/[!a-c]x", "/l/dx", true),
        ("/l/[^a]", "/l/a", false), ("/l/[]]", "/l/]", true), ("/l/[a", "/l/[a", true), ("/l/[z-a]", "/l/m", true),
        ("/l/\\*", "/l/*", true), ("/l/\\*", "/l/a", false), ("/**/*.log", "/a.log", true),
        ("/**/*.log", "/x/y/z/a.log", true), ("/v/**/x/*.log", "/v/a/x/b/x/c.log", true),
        ("/v/**", "/v/a/b", true), ("/v/**", "/w/a", false), ("/v/**/a", "/v/.h/a", false),
        ("*.gz", "/any/where.gz", true), ("app/*.log", "/app/a.log", false), ("./a/*.log", "a/b.log", true),
        ("/a//b", "/a/b", true), ("", "/a", false), ("/", "/a", false),
    ])
    func `a pattern matches what a shell would match`(pattern: String, path: String, expected: Bool) {
        #expect(PathPattern(pattern).matches(path) == expected, "\(pattern) \(path)")
    }

    @Test func `a pattern of many stars ends in time`() {
        let pattern = "/" + String(repeating: "*a", count: 40) + "*b"
        #expect(!PathPattern(pattern).matches("/" + String(repeating: "a", count: 4_000)))
        let folders = PathPattern("/" + String(repeating: "**/a/", count: 40) + "b")
        #expect(!folders.matches(String(repeating: "/a", count: 2_000)))
    }

    /// The plainest way to do it, for `*`, `?` and characters.
    private func oracle(_ pattern: ArraySlice<Character>, _ name: ArraySlice<Character>) -> Bool {
        guard let first = pattern.first else { return name.isEmpty }
        if first == "*" {
            return (0...name.count).contains { oracle(pattern.dropFirst(), name.dropFirst($0)) }
        }
        guard let character = name.first, first == "?" || first == character else { return false }
        return oracle(pattern.dropFirst(), name.dropFirst())
    }

    @Test(arguments: 0..<20) func `stars find what trying everything finds`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            let pattern = (0..<Int.random(in: 1...7, using: &random)).map { _ in
                "ab*?".randomElement(using: &random) ?? "a"
            }
            let name = (0..<Int.random(in: 1...9, using: &random)).map { _ in
                "ab".randomElement(using: &random) ?? "a"
            }
            let glob = PathPattern("/" + String(pattern))
            #expect(
                glob.matches("/" + String(name)) == oracle(pattern[...], name[...]),
                "\(String(pattern)) \(String(name))"
            )
        }
    }

    /// The plainest way to do it, for whole components.
    private func oracle(_ pattern: ArraySlice<String>, _ names: ArraySlice<String>) -> Bool {
        guard let first = pattern.first else { return names.isEmpty }
        if first == "**" {
            return (0...names.count).contains { oracle(pattern.dropFirst(), names.dropFirst($0)) }
        }
        guard let name = names.first, first == "*" || first == name else { return false }
        return oracle(pattern.dropFirst(), names.dropFirst())
    }

    @Test(arguments: 0..<20) func `folders of any depth are found as by trying everything`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<100 {
            let pattern = (0..<Int.random(in: 1...5, using: &random)).map { _ in
                ["a", "b", "*", "**"].randomElement(using: &random) ?? "a"
            }
            let names = (0..<Int.random(in: 1...6, using: &random)).map { _ in Bool.random(using: &random) ? "a" : "b" }
            let text = "/" + pattern.joined(separator: "/")
            let path = "/" + names.joined(separator: "/")
            #expect(PathPattern(text).matches(path) == oracle(pattern[...], names[...]), "\(text) \(path)")
        }
    }
}
