internal import CScan

/// The logfmt parser: `key=value key="quoted value" flag`, as go-kit, logrus and slog print it.
///
/// A line is logfmt when it begins with a pair, has at least two, and no more bare words than pairs.
struct LogfmtWalker {
    /// Words that are longer are no keys.
    private static let maximumKeyLength = 256

    private let line: LineView
    private var at = 0
    /// Set where no single quote behind here ends a value: to look for it again and again would take squares of time.
    private var hasOpenQuote = false

    /// Parses a line.
    ///
    /// False: it is not logfmt; the tape is then void.
    static func parse(_ line: LineView, into tape: inout FieldTape, keys: inout KeyTable) -> Bool {
        tape.removeAll()
        var walker = LogfmtWalker(line: line)
        return walker.walk(&tape, &keys)
    }

    private init(line: LineView) { self.line = line }

    /// False where the word at an offset surely is no key: every line of text comes by here.
    @inline(__always) static func mayBegin(_ line: LineView, at start: Int) -> Bool {
        let end = start &+ Int(martlet_key_end(line.base + start))
        return end == start &+ 16 || end >= line.count || line.base[end] == UInt8(ascii: "=")
    }

    private mutating func walk(_ tape: inout FieldTape, _ keys: inout KeyTable) -> Bool {
        var words = 0
        while skipSpace() {
            let start = at
            takeKey()
            let key = start..<at
            if at < line.count, line.base[at] == UInt8(ascii: "="), !key.isEmpty {
                at += 1
                guard takePair(key, &tape, &keys) else { return false }
            } else {
                if tape.count == 0 { return false }
                words += 1
                at = endOfWord(from: at)
            }
        }
        return tape.count >= 2 && words <= tape.count
    }

    private mutating func takePair(_ key: Range<Int>, _ tape: inout FieldTape, _ keys: inout KeyTable) -> Bool {
        let value: Range<Int>
        var kind = Field.Kind.string
        if at < line.count, line.base[at] == UInt8(ascii: "\"") {
            guard let (text, isEscaped) = takeQuoted() else { return false }
            value = text
            if isEscaped { kind = .escapedString }
        } else if let text = takeSingleQuoted() {
            value = text
        } else {
            let start = at
            at = endOfWord(from: at)
            value = start..<at
            if JSONNumber.isValid(line.base + start, value.count) { kind = .number }
        }
        let number = keys.key(line.base + key.lowerBound, key.count, parent: KeyTable.root)
        let entry = keys.pointer(to: number)
        var field = Field(
            key: number,
            start: UInt32(value.lowerBound),
            end: UInt32(value.upperBound),
            kind: kind,
            meaning: entry.pointee.meaning,
            verdict: entry.pointee.verdict
        )
        field.rank = entry.pointee.rank
        tape.append(field)
        return true
    }

    /// Takes a value in quotes, at whose opening quote the walker stands; offsets exclude the quotes.
    private mutating func takeQuoted() -> (Range<Int>, Bool)? {
        let start = at + 1
        var end = start
        var isEscaped = false
        while end < line.count, line.base[end] != UInt8(ascii: "\"") {
            if line.base[end] == 0x5C {
                isEscaped = true
                end += 1
            }
            end += 1
        }
        guard end < line.count else { return nil }
        at = end + 1
        guard at == line.count || Bytes.isSpace(line.base[at]) else { return nil }
        return (start..<end, isEscaped)
    }

    /// Takes a value in single quotes, as lograge prints errors; nil where none stands or it has no end.
    private mutating func takeSingleQuoted() -> Range<Int>? {
        guard !hasOpenQuote, at < line.count, line.base[at] == UInt8(ascii: "'") else { return nil }
        var end = at + 1
        while end < line.count {
            if line.base[end] == UInt8(ascii: "'"), end + 1 == line.count || Bytes.isSpace(line.base[end + 1]) {
                defer { at = end + 1 }
                return at + 1..<end
            }
            end += 1
        }
        hasOpenQuote = true
        return nil
    }

    /// The next white space at or behind an offset, or the line's end; eight bytes at a time.
    private func endOfWord(from start: Int) -> Int {
        var i = start
        while i < line.count {
            let word = Bytes.load64(line.base + i)
            // The top bit of the first byte that is no more than a blank; what is behind the line is slack.
            let blanks = (word &- 0x2121_2121_2121_2121) & ~word & 0x8080_8080_8080_8080
            i &+= blanks == 0 ? 8 : blanks.trailingZeroBitCount &>> 3
            if blanks != 0, i < line.count {
                if Bytes.isSpace(line.base[i]) { return i }
                i &+= 1
            }
        }
        return line.count
    }

    private mutating func skipSpace() -> Bool {
        while at < line.count, Bytes.isSpace(line.base[at]) { at += 1 }
        return at < line.count
    }

    /// Goes behind letters, digits and what else loggers put into keys; 16 bytes at a time, of which slack may be the last.
    private mutating func takeKey() {
        let limit = min(line.count, at + Self.maximumKeyLength)
        var taken = 16
        while taken == 16, at < limit {
            taken = Int(martlet_key_bytes(line.base + at))
            at &+= taken
        }
        at = min(at, line.count)
    }
}
