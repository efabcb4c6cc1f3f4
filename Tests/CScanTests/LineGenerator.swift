/// Makes lines that are dense in what the kernel looks for: digits, separators, escapes, anchors, their halves.
struct LineGenerator {
    static let literals: [KernelTables.Literal] = [
        .init("AKIA", edge: true), .init("ghp_", edge: true), .init("glpat-", edge: true), .init("eyJ"), .init("xox"),
        .init("-----BEGIN"), .init("bearer ", fold: true), .init("rd=", fold: true), .init("ey:", fold: true),
        .init("]="), .init(" ="), .init("\\\":"), .init(".atlasv1."), .init("hooks.slack.com"), .init("+4", edge: true),
        .init("pat", edge: true, word: 14), .init("sk-", edge: true, word: 5), .init("SG.", edge: true, word: 16),
        .init("token_", fold: true), .init("key-", edge: true, word: 8), .init("MD", edge: true, word: 16),
        .init("dop_v1_", edge: true, word: 16), .init("ABSK", fold: true, edge: true, word: 12),
        .init("account number", fold: true, edge: true), .init("hooks.zapier.com"),
    ]
    static let keys = ["word", "ikey", "x_id", "rekr", " dky"]
    private static let alphabet =
        Array(#"[m;0123456789012345678900000111AZBm.-. :@+"\\\%()=ekrdDyn]XIa"#.utf8) + [0x1B, 0x80, 1, 9]

    private static let word = Array("abzAZ019-_".utf8)

    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> [UInt8] {
        let isLong = random(12) == 0
        var length = isLong ? random(3000) : random(300)
        if random(5) == 0 { length = length / 64 * 64 + random(3) }
        var line = (0..<length).map { _ in
            random(3) == 0 ? UInt8(random(256)) : Self.alphabet[random(Self.alphabet.count)]
        }
        for _ in 0..<random(6) { place(Array(Self.literals[random(Self.literals.count)].text.utf8), in: &line) }
        for _ in 0..<random(3) { place(token(), in: &line) }
        if random(4) == 0 { place((0..<random(24)).map { _ in UInt8(48 + random(10)) }, in: &line) }
        if random(8) == 0 { line = line.map { random(20) == 0 ? $0 : 0x5C } }
        return line
    }

    /// A literal, letters and digits behind it that suffice for a token or nearly do, sometimes an edge before it.
    private mutating func token() -> [UInt8] {
        let edge: [UInt8] = [[], Array(" ".utf8), Array("\\n".utf8), Array("x".utf8)][random(4)]
        let word = (0..<random(21)).map { _ in Self.word[random(Self.word.count)] }
        return edge + Array(Self.literals[random(Self.literals.count)].text.utf8) + word
    }

    private mutating func place(_ text: [UInt8], in line: inout [UInt8]) {
        guard text.count < line.count else { return }
        let at = random(line.count - text.count)
        line.replaceSubrange(at..<at + text.count, with: text)
    }

    private mutating func random(_ limit: Int) -> Int {
        state ^= state << 13
        state ^= state >> 7
        state ^= state << 17
        return limit == 0 ? 0 : Int((state >> 32) % UInt64(limit))
    }
}
