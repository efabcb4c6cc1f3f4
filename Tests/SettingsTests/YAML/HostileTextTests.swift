import Settings
import Testing

/// Whatever the bytes are, reading them ends, with options or with messages on one line each.
struct HostileTextTests {
    /// A small generator with a seed, so that a failure can be repeated.
    private struct Random: RandomNumberGenerator {
        var state: UInt64

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    private static let sample = """
        agent: {data_dir: '${D:-/a}', listen: "127.0.0.1:1", labels: {cluster: local}}
        delivery:
          batch: {bytes: 1MiB, age: 1s}
          spool: {bytes: 1GiB, when_full: wait}
          retry: {first: 500ms, max: 30s, budget: 20%}
        names: [a, 'b', "c\\n", |-
        flag: &x !!bool true
        outputs: {loki: {auth: {basic: {user: u, password: '${file:/x}'}}}}
        """

    private func check(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        let messages = ReadShape.read(text).messages
        #expect(messages.allSatisfy { !$0.contains("\n") && $0.hasPrefix("m.yaml:") }, "\(bytes)")
    }

    @Test(arguments: 0..<8)
    func `bytes at random are read without harm`(_ seed: Int) throws {
        var random = Random(state: UInt64(seed))
        for _ in 0..<200 {
            let bytes = (0..<Int.random(in: 0..<200, using: &random)).map { _ in
                UInt8.random(in: 0...255, using: &random)
            }
            check(bytes)
            _ = try? ConfigurationFile.parse(bytes, file: "m", environment: [:], readFile: inMemory([:]))
        }
    }

    @Test(arguments: 0..<8)
    func `a configuration with changed bytes is read without harm`(_ seed: Int) throws {
        var random = Random(state: UInt64(seed) << 32)
        let marks = Array("{}[]:,-&*!|>'\"%@`#?$~\n\t \\\0".utf8)
        for _ in 0..<200 {
            var bytes = Array(Self.sample.utf8)
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let index = Int.random(in: 0..<bytes.count, using: &random)
                let byte = marks.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[index] = byte
                case 1: bytes.insert(byte, at: index)
                default: bytes.remove(at: index)
                }
            }
            check(bytes)
        }
    }

    @Test func `more values than anybody writes are refused`() {
        let text = "names: [" + String(repeating: "a,", count: ConfigurationLimits.nodes) + "]"
        #expect(ReadShape.read(text).messages.map { $0.contains("more than 50000 values") } == [true])
    }

    @Test func `a path longer than anybody writes is refused`() {
        let key = String(repeating: "k", count: 200)
        let messages = ReadShape.read("{\(key): {\(key): {\(key): [a]}}}").messages
        #expect(messages.map { $0.contains("shorten the keys") } == [true])
    }

    @Test func `directives without end are refused before they cost time`() {
        let text = (0..<1_000).map { "%TAG !a\($0)! b\n" }.joined() + "--- {}\n"
        #expect(ReadShape.read(text).messages.map { $0.contains("lines that begin with %") } == [true])
    }

    @Test(arguments: ["[", "{", "- ", "? ", "a: {", "'", "\"", "&a ", "*a ", "!a ", "%TAG !a! b\n", "a: 1\n", "# \n"])
    func `one thing repeated up to the limit ends soon`(_ part: String) {
        let text = String(repeating: part, count: 200_000 / part.utf8.count)
        let time = ContinuousClock().measure { check(Array(text.utf8)) }
        #expect(time < .seconds(20))
    }
}
