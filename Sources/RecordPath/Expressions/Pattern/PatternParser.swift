/// Reads the part of RE2's syntax that a small automaton can run.
///
/// Literals, `.`, classes, `\d \w \s` and their opposites, groups, `|`, `* + ?`, counted repetition, `^ $ \A \z`, and
/// `(?i)` at the beginning. Recursion is bounded by `ExpressionLimits.patternDepth`.
struct PatternParser {
    private let bytes: [UInt8]
    /// Where the pattern stands in the expression, for problems.
    private let base: Int
    private var position = 0
    private var depth = 0
    private var ignoresCase = false

    init(_ bytes: [UInt8], at base: Int) {
        self.bytes = bytes
        self.base = base
    }

    /// The whole pattern.
    mutating func parse() throws(ExpressionProblem) -> PatternNode {
        guard bytes.count <= ExpressionLimits.patternBytes else {
            throw problem("the pattern is longer than \(ExpressionLimits.patternBytes) bytes", "shorten it", at: 0)
        }
        if bytes.starts(with: Array("(?i)".utf8)) {
            ignoresCase = true
            position = 4
        }
        let node = try choice()
        guard byte == nil else { throw problem("`)` closes nothing", "remove it, or write \\)") }
        return node
    }

    private var byte: UInt8? { position < bytes.count ? bytes[position] : nil }

    private func peek(_ offset: Int) -> UInt8? {
        position + offset < bytes.count ? bytes[position + offset] : nil
    }

    private mutating func take(_ expected: Character) -> Bool {
        guard byte == expected.asciiValue else { return false }
        position += 1
        return true
    }

    private mutating func choice() throws(ExpressionProblem) -> PatternNode {
        var branches = [try sequence()]
        while take("|") { branches.append(try sequence()) }
        return branches.count == 1 ? branches[0] : .choice(branches)
    }

    private mutating func sequence() throws(ExpressionProblem) -> PatternNode {
        var parts: [PatternNode] = []
        while let byte, byte != UInt8(ascii: "|"), byte != UInt8(ascii: ")") {
            let start = position
            let part = try atom()
            parts.append(try repetition(of: part, from: start))
        }
        return parts.count == 1 ? parts[0] : .sequence(parts)
    }

    private mutating func atom() throws(ExpressionProblem) -> PatternNode {
        switch byte {
        case UInt8(ascii: "("): return try group()
        case UInt8(ascii: "["): return try characterClass()
        case UInt8(ascii: "\\"): return try escape()
        case UInt8(ascii: "*"), UInt8(ascii: "+"), UInt8(ascii: "?"):
            throw problem("nothing stands before the repetition", "write \\* \\+ or \\? for the sign itself")
        default: break
        }
        if take(".") { return .anyCharacter }
        if take("^") { return .begin }
        if take("$") { return .end }
        return literal()
    }

    private mutating func group() throws(ExpressionProblem) -> PatternNode {
        let opening = position
        position += 1
        depth += 1
        guard depth <= ExpressionLimits.patternDepth else {
            throw problem("the pattern is nested deeper than \(ExpressionLimits.patternDepth)", "write it flatter")
        }
        if byte == UInt8(ascii: "?") {
            guard peek(1) == UInt8(ascii: ":") else {
                let advice = "write (?:…) for a group, and (?i) at the very beginning only"
                throw problem("this kind of group is not supported", advice, at: opening)
            }
            position += 2
        }
        let node = try choice()
        guard take(")") else { throw problem("the group has no end", "close it with )", at: opening) }
        depth -= 1
        return node
    }

    /// One character as it stands, which may be several bytes.
    private mutating func literal() -> PatternNode {
        let first = bytes[position]
        position += 1
        guard first >= 0x80 else { return .byte(folded(first)) }
        var character = [PatternNode.byte(BitSet256(first...first))]
        while let byte, byte & 0xC0 == 0x80 {
            character.append(.byte(BitSet256(byte...byte)))
            position += 1
        }
        return .sequence(character)
    }

    private mutating func escape() throws(ExpressionProblem) -> PatternNode {
        guard let byte = peek(1) else { throw problem("the backslash escapes nothing", "write \\\\ for a backslash") }
        if let (set, isNegated) = Self.classes(byte) {
            position += 2
            return isNegated ? .character(set.complement(in: 0...0x7F)) : .byte(set)
        }
        switch byte {
        case UInt8(ascii: "A"):
            position += 2
            return .begin
        case UInt8(ascii: "z"):
            position += 2
            return .end
        default: return .byte(folded(try escapedByte()))
        }
    }

    /// A character behind a backslash that stands for itself or for a control character.
    private mutating func escapedByte() throws(ExpressionProblem) -> UInt8 {
        let byte = peek(1) ?? 0
        let value: UInt8
        switch byte {
        case UInt8(ascii: "n"): value = 0x0A
        case UInt8(ascii: "r"): value = 0x0D
        case UInt8(ascii: "t"): value = 0x09
        case UInt8(ascii: "f"): value = 0x0C
        case UInt8(ascii: "v"): value = 0x0B
        case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: value = byte
        default:
            let advice = "there are \\d \\w \\s \\D \\W \\S \\A \\z \\n \\r \\t and escaped signs"
            throw problem("this escape is not supported", advice)
        }
        position += 2
        return value
    }

    /// The set of `\d \w \s`, and whether the letter means its opposite.
    private static func classes(_ letter: UInt8) -> (set: BitSet256, isNegated: Bool)? {
        var set = BitSet256()
        switch letter | 0x20 {
        case UInt8(ascii: "d"): set = BitSet256(0x30...0x39)
        case UInt8(ascii: "s"): for byte in [0x09, 0x0A, 0x0C, 0x0D, 0x20] as [UInt8] { set.insert(byte) }
        case UInt8(ascii: "w"):
            for byte in UInt8(0)...0x7F where ASCII.isAlphanumeric(byte) || byte == UInt8(ascii: "_") {
                set.insert(byte)
            }
        default: return nil
        }
        guard ASCII.isLetter(letter) else { return nil }
        return (set, ASCII.isUpper(letter))
    }

    private func folded(_ byte: UInt8) -> BitSet256 {
        var set = BitSet256(byte...byte)
        if ignoresCase, ASCII.isLetter(byte) { set.insert(byte ^ 0x20) }
        return set
    }

    // MARK: Classes

    /// `[a-z_]` or `[^/]`; ASCII only inside, and a negated one takes every character beyond ASCII.
    private mutating func characterClass() throws(ExpressionProblem) -> PatternNode {
        let opening = position
        position += 1
        let isNegated = take("^")
        var set = BitSet256()
        var isFirst = true
        while let byte, byte != UInt8(ascii: "]") || isFirst {
            isFirst = false
            if byte == UInt8(ascii: "["), peek(1) == UInt8(ascii: ":") {
                throw problem("named classes are not supported", "write ranges such as [a-z]")
            }
            if byte == UInt8(ascii: "\\"), let (named, opposite) = Self.classes(peek(1) ?? 0) {
                position += 2
                set.formUnion(opposite ? named.complement(in: 0...0x7F) : named)
            } else {
                try range(into: &set)
            }
        }
        guard take("]") else { throw problem("the class has no end", "close it with ]", at: opening) }
        return isNegated ? .character(set.complement(in: 0...0x7F)) : .byte(set)
    }

    private mutating func range(into set: inout BitSet256) throws(ExpressionProblem) {
        let start = position
        let low = try classByte()
        var high = low
        if byte == UInt8(ascii: "-"), let next = peek(1), next != UInt8(ascii: "]") {
            position += 1
            high = try classByte()
        }
        guard low <= high else {
            throw problem("the range is the wrong way round", "write its ends in order", at: start)
        }
        for byte in low...high { set.formUnion(folded(byte)) }
    }

    private mutating func classByte() throws(ExpressionProblem) -> UInt8 {
        guard let byte else { throw problem("the class has no end", "close it with ]") }
        if byte == UInt8(ascii: "\\") { return try escapedByte() }
        guard byte < 0x80 else { throw problem("a class holds ASCII only", "write (a|é) instead of [aé]") }
        position += 1
        return byte
    }

    // MARK: Repetition

    private mutating func repetition(of part: PatternNode, from start: Int) throws(ExpressionProblem) -> PatternNode {
        guard let (min, max) = try takeCount() else { return part }
        // Whether as much or as little as possible is taken makes no difference to whether there is a match.
        _ = take("?")
        if try takeCount() != nil { throw problem("two repetitions in a row", "put the first into a group", at: start) }
        return .repeated(part, min: min, max: max)
    }

    private mutating func takeCount() throws(ExpressionProblem) -> (min: Int, max: Int?)? {
        if take("*") { return (0, nil) }
        if take("+") { return (1, nil) }
        if take("?") { return (0, 1) }
        guard byte == UInt8(ascii: "{") else { return nil }
        let start = position
        position += 1
        guard let min = number() else {
            // As in RE2, braces that count nothing are text: `/users/{id}`.
            position = start
            return nil
        }
        var max: Int? = min
        if take(",") { max = number() }
        guard take("}") else {
            position = start
            return nil
        }
        guard min <= ExpressionLimits.patternPositions, max ?? 0 <= ExpressionLimits.patternPositions,
            min <= max ?? min
        else { throw problem("the count is too large or the wrong way round", "write such as {2,8}", at: start) }
        return (min, max)
    }

    private mutating func number() -> Int? {
        var value: Int?
        while let byte, ASCII.isDigit(byte) {
            value = min((value ?? 0) * 10 + Int(byte - 0x30), 100_000)
            position += 1
        }
        return value
    }

    private func problem(_ problem: String, _ advice: String, at place: Int? = nil) -> ExpressionProblem {
        ExpressionProblem(offset: base + min(place ?? position, bytes.count), problem: problem, advice: advice)
    }
}
