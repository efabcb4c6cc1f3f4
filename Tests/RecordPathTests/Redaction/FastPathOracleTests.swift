import RecordPath
import RedactionCorpus
import Testing

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The fast path lets nothing through that a full look at every byte would edit, and what it edits needs no second pass.
@Suite struct FastPathOracleTests {
    /// Lines for each seed; `MARTLET_FUZZ_ROUNDS` asks for more, `MARTLET_FUZZ_SEED` for others.
    private static let rounds = number("MARTLET_FUZZ_ROUNDS") ?? 1_200
    private static let firstSeed = number("MARTLET_FUZZ_SEED") ?? 0

    private static func number(_ name: String) -> Int? { getenv(name).flatMap { Int(String(cString: $0)) } }

    @Test(arguments: firstSeed..<firstSeed + 2)
    func `Hostile lines come out as if every byte had been looked at`(seed: Int) {
        var lines = HostileLines(seed: UInt64(seed) &* 0x51_7C_C1 + 3)
        var pair = OraclePair(variant: seed)
        for round in 0..<Self.rounds where !pair.agrees(on: lines.next(), "seed \(seed), round \(round)") { return }
    }

    @Test(arguments: firstSeed..<firstSeed + 2)
    func `Lines of real loggers with secrets put into them come out so too`(seed: Int) throws {
        let lines = try LoggerFixture.all.flatMap { try $0.lines }
        let samples = RedactionCorpus.samples(seed: UInt64(seed) + 21)
        var source = InputSource(seed: UInt64(seed) &* 0x9E37 + 5)
        var pair = OraclePair(variant: seed + 1)
        for round in 0..<Self.rounds {
            var line = lines[source.below(lines.count)]
            if source.below(3) > 0 {
                // In the place of a word or a value, as the parser would cut it.
                let word = Self.word(of: line, at: source.below(max(line.count, 1)))
                let secret = samples[source.below(samples.count)]
                line.replaceSubrange(word, with: Array((source.below(2) == 0 ? secret.secret : secret.line).utf8))
            }
            if source.below(4) == 0 { line = source.mutated(line) }
            guard pair.agrees(on: line, "seed \(seed), round \(round)") else { return }
        }
    }

    /// Lines in which the kernel once suspected less than the detectors took.
    @Test(arguments: [
        #"{"password":"(415).555-2671"}"#, #"{"a":"(415).555-2671"}"#, "call (415).555-2671",
        #"{"a":"token.123456789012345|Yka0JkjIrDRimFhuR5JuI8L1whD"}"#,
    ])
    func `What fuzzing found once comes out so too`(line: String) {
        var pair = OraclePair(variant: 1)
        let agrees = pair.agrees(on: Array(line.utf8), "by itself")
        #expect(agrees)
    }

    @Test func `Random bytes come out so too`() {
        var source = InputSource(seed: UInt64(Self.firstSeed) + 77)
        var pair = OraclePair(variant: Self.firstSeed + 3)
        for round in 0..<Self.rounds where !pair.agrees(on: source.bytes(upTo: 300), "round \(round)") { return }
    }

    @Test func `Samples with a sign or two changed come out so too`() {
        let samples = Detector.catalogue.flatMap { $0.positives + $0.nearMisses }
            .map { Array(SampleText.expand($0).utf8) }.filter { !$0.contains(0x0A) }
        let signs = Array(##" .-/()_:|,;=+@"'\%x0A7"##.utf8)
        var source = InputSource(seed: UInt64(Self.firstSeed) + 41)
        var pair = OraclePair(variant: 1)
        for round in 0..<Self.rounds {
            var line = samples[source.below(samples.count)]
            for _ in 0...source.below(3) {
                let at = source.below(line.count + 1)
                let sign = signs[source.below(signs.count)]
                if at < line.count, source.below(3) > 0 { line[at] = sign } else { line.insert(sign, at: at) }
            }
            if source.below(2) == 0 { line = Array(#"{"a":""#.utf8) + line + Array(#"","b":1}"#.utf8) }
            guard pair.agrees(on: line, "round \(round)") else { return }
        }
    }

    private static func word(of line: [UInt8], at offset: Int) -> Range<Int> {
        let isWord = { (byte: UInt8) in byte > 0x20 && !Array("\"'=:,{}[]()&;".utf8).contains(byte) }
        guard offset < line.count, isWord(line[offset]) else {
            return min(offset, line.count)..<min(offset, line.count)
        }
        var start = offset
        var end = offset
        while start > 0, isWord(line[start - 1]) { start -= 1 }
        while end < line.count, isWord(line[end]) { end += 1 }
        return start..<end
    }
}

/// The redactor and its oracle, one behind the other.
private struct OraclePair: ~Copyable {
    private var fast: FilterProbe
    private var naive: FilterProbe
    /// Sees what `fast` let through, as a second agent would.
    private var next: FilterProbe

    /// Makes a pair with what is on by default, or with everything and one of the actions.
    init(variant: Int) {
        let all = { RedactionOptions(detectors: ["all"], keys: ["all"], action: $0) }
        let options = [RedactionOptions(), all(.tag), all(.last4), all(.hash)][variant % 4]
        let hasher = FakeHasher(keyID: "k1")
        fast = FilterProbe(options, hasher: hasher)
        naive = FilterProbe(options, hasher: hasher, isNaive: true)
        next = FilterProbe(options, hasher: hasher, isNaive: true)
    }

    /// Whether both make the same of a line, the first time and once its shape is known, and the next agent nothing of
    /// that; says so where not.
    mutating func agrees(on line: [UInt8], _ place: String) -> Bool {
        guard !line.contains(0x0A) else { return true }
        let wanted = naive.redact(line)
        let first = fast.redact(line)
        let second = fast.redact(line)
        // A line that begins a private key leaves both inside it.
        let wantedAgain = naive.redact(line)
        let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
        #expect(first == wanted, "\(place)\n  line: \(text(line))\n  fast: \(text(first))\n  full: \(text(wanted))")
        #expect(
            second == wantedAgain,
            "\(place), by shape\n  line: \(text(line))\n  fast: \(text(second))\n  full: \(text(wantedAgain))"
        )
        return first == wanted && second == wantedAgain && isDone(first, line, place) && isDone(second, line, place)
    }

    private mutating func isDone(_ redacted: [UInt8], _ line: [UInt8], _ place: String) -> Bool {
        let last = next.redact(redacted)
        let text = { (bytes: [UInt8]) in String(decoding: bytes, as: UTF8.self) }
        #expect(
            last == redacted,
            "\(place)\n  line: \(text(line))\n  redacted: \(text(redacted))\n  second pass: \(text(last))"
        )
        return last == redacted
    }
}
