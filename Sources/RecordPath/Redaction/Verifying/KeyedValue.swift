/// Where the value behind a key ends, in text that is no well-formed document.
struct KeyedValue {
    /// The bytes that go, quotes excluded.
    var range: Range<Int>
    /// Where to go on: behind the closing quote.
    var next: Int
    var isQuoted: Bool

    /// The value that begins at or behind `start` (behind the operator), nil if there is none.
    ///
    /// A quoted value ends at the first quote of its kind that no backslash escapes. A bare one ends at a blank, one
    /// of `, ; & ) ] } < >`, a quote, or the text's end, and keeps `@ / + % =`.
    static func read(_ text: Text, from start: Int) -> KeyedValue? {
        var at = text.end(of: .gaps, from: start, limit: start + 4)
        while isEscapedGap(text, at) { at = text.end(of: .gaps, from: at + 4, limit: at + 8) }
        guard at < text.upper else { return nil }
        let first = text[at]
        if first == 0x22 || first == 0x27 || first == 0x60 { return quoted(text, at, first) }
        if first == 0x5C, text[at + 1] == 0x22 || text[at + 1] == 0x27 { return escapedQuoted(text, at) }
        return bare(text, at)
    }

    private static func quoted(_ text: Text, _ open: Int, _ quote: UInt8) -> KeyedValue? {
        var at = open + 1
        while at < text.upper {
            if text[at] == 0x5C {
                at += 2
                continue
            }
            if text[at] == quote { return KeyedValue(range: open + 1..<at, next: at + 1, isQuoted: true) }
            at += 1
        }
        // Cut off: all that is left is the value.
        guard open + 1 < text.upper else { return nil }
        return KeyedValue(range: open + 1..<text.upper, next: text.upper, isQuoted: true)
    }

    /// `\"value\"`, a string inside a string: it ends at the next quote with the same backslashes before it.
    private static func escapedQuoted(_ text: Text, _ open: Int) -> KeyedValue? {
        let quote = text[open + 1]
        var at = open + 2
        while at < text.upper {
            if text[at] == 0x5C, text[at + 1] == quote {
                return KeyedValue(range: open + 2..<at, next: at + 2, isQuoted: true)
            }
            if text[at] == quote { break }
            at += text[at] == 0x5C && text[at + 1] == 0x5C ? 2 : 1
        }
        guard open + 2 < at else { return nil }
        return KeyedValue(range: open + 2..<at, next: at, isQuoted: true)
    }

    private static func bare(_ text: Text, _ start: Int) -> KeyedValue? {
        if ValueGuard.isTag(text, start), let close = text.first(0x5D, from: start, limit: start + 80) {
            return KeyedValue(range: start..<close + 1, next: close + 1, isQuoted: false)
        }
        if text[start] == 0x24 || text[start] == 0x7B, let end = variableEnd(text, start) {
            return KeyedValue(range: start..<end, next: end, isQuoted: false)
        }
        var end = text.end(of: valueSet, from: start)
        while end < text.upper, belongsToValue(text, end, start) { end = text.end(of: valueSet, from: end + 1) }
        end = withoutEscapes(text, start, end)
        // A full stop or an ellipsis behind a value ends the sentence.
        while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x3A { end -= 1 }
        guard end > start else { return nil }
        return KeyedValue(range: start..<end, next: end, isQuoted: false)
    }

    /// `#011`, `#012` or `#015`: a tab or the end of a line as syslog daemons write it.
    private static func isEscapedGap(_ text: Text, _ at: Int) -> Bool {
        text[at] == 0x23 && text[at + 1] == 0x30 && text[at + 2] == 0x31
            && (text[at + 3] == 0x31 || text[at + 3] == 0x32 || text[at + 3] == 0x35)
    }

    /// A bare value ends at `\n`, `\r`, `\t`, `\"`, `\x00` and `#015#012`; other backslashes belong to it.
    private static func withoutEscapes(_ text: Text, _ start: Int, _ end: Int) -> Int {
        var i = start
        while i + 1 <= end, i < text.upper {
            if text.has("#015#012", at: i) || text.has("\\x00", at: i) { return i }
            if text[i] == 0x5C {
                switch text[i + 1] {
                case 0x6E, 0x72, 0x74, 0x22, 0x27: return i
                default: i += 1
                }
            }
            i += 1
        }
        return end
    }

    /// Whether a mark that usually ends a value stands inside it: UTF-8, `a&3`, `it's`, `a,b` where nothing new begins.
    private static func belongsToValue(_ text: Text, _ at: Int, _ start: Int) -> Bool {
        let next = text[at + 1]
        switch text[at] {
        case 0x80...: return true
        case 0x27, 0x29, 0x5D, 0x7D: return next.isAlphanumeric && at > start
        case 0x26, 0x2C, 0x3B:
            guard valueSet.contains(next), next != 0x5B, next != 0x7B, next != 0x5C else { return false }
            let wordEnd = text.end(of: .memberNames, from: at + 1, limit: at + 49)
            return text[wordEnd] != 0x3D && text[wordEnd] != 0x3A
        default: return false
        }
    }

    /// `${NAME}` and `{{ name }}`, blanks and all.
    private static func variableEnd(_ text: Text, _ start: Int) -> Int? {
        let open = text[start] == 0x24 ? start + 1 : start
        guard text[open] == 0x7B, text[start] == 0x24 || text[open + 1] == 0x7B else { return nil }
        guard let close = text.first(0x7D, from: open, limit: open + 128) else { return nil }
        return text[close + 1] == 0x7D ? close + 2 : close + 1
    }

    /// Printable ASCII without what ends a bare value.
    private static var valueSet: ByteSet {
        // All from ! to ~, less " & ' ) , ; < > ] ` | }
        let all = ByteSet(low: 0xFFFF_FFFE_0000_0000, high: 0x7FFF_FFFF_FFFF_FFFF)
        let ends = ByteSet(low: 0x5800_12C4_0000_0000, high: 0x3000_0001_2000_0000)
        return ByteSet(low: all.low & ~ends.low, high: all.high & ~ends.high)
    }
}
