import Settings
import Testing

struct ProblemCollectorTests {
    @Test func `every error comes at once and in the order of the file`() {
        let text = """
            delivery: {compression: best}
            agent:
              listen: here
              data_dir: ${MISSING}
            flag: yes
            unheard: of
            """
        let places = ReadShape.read(text).messages.map { $0.prefix { $0 != " " } }
        #expect(places == ["m.yaml:1:25:", "m.yaml:3:11:", "m.yaml:4:13:", "m.yaml:5:7:", "m.yaml:6:1:"])
    }

    @Test func `a key that is read late is no unknown key`() throws {
        let file = try ConfigurationFile.parse("late: 1\n")
        file.root.finish()
        #expect(file.problems.problems.count == 1)
        _ = file.root.integer("late", default: 0, in: 0...9)
        #expect(file.problems.problems == [])
    }

    @Test func `a problem that is met twice is told once`() throws {
        let file = try ConfigurationFile.parse("count: many\n")
        for _ in 0..<2 { _ = file.root.integer("count", default: 0, in: 0...9) }
        #expect(file.problems.problems.count == 1)
    }

    @Test func `a file full of errors gives a bounded list that says so`() {
        let text = (0..<1_000).map { "unheard\($0): 1\n" }.joined()
        let messages = ReadShape.read(text).messages
        #expect(messages.count == ConfigurationLimits.problems + 1)
        #expect(messages.last?.contains("more problems follow") == true)
    }

    @Test func `check throws all there is`() throws {
        let file = try ConfigurationFile.parse("a: 1\nb: 2\n")
        file.root.finish()
        #expect(throws: ConfigurationFailure(problems: file.problems.problems)) { try file.problems.check() }
    }
}
