#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The strict JSON parser: walks one line along its quote index and puts its fields on the tape.
///
/// It takes exactly what RFC 8259 takes, with two leniencies that loggers need: raw control characters inside
/// strings, and any bytes at or above 0x80 (encoders mend them). Objects are taken apart to `maximumDepth`; arrays
/// and what is deeper is checked to the same grammar and kept whole. Nothing recurses.
struct JSONWalker {
    /// Objects inside objects that are taken apart; deeper ones stay whole.
    static let maximumDepth = 16
    /// Nesting that is checked at all; beyond it the line is text.
    static let maximumNesting = 512

    private let line: LineView
    private var at = 0
    private var nextQuote = 0

    /// Parses a line that begins (after spaces) with `{`.
    ///
    /// False: it is not one JSON object; the tape is then void.
    static func parse(_ line: LineView, into tape: inout FieldTape, keys: inout KeyTable) -> Bool {
        tape.removeAll()
        guard line.quoteCount & 1 == 0 else { return false }
        var walker = JSONWalker(line: line)
        return walker.walk(&tape, &keys)
    }

    private init(line: LineView) { self.line = line }

    private mutating func walk(_ tape: inout FieldTape, _ keys: inout KeyTable) -> Bool {
        skipSpace()
        guard take(UInt8(ascii: "{")) else { return false }
        skipSpace()
        if peek == UInt8(ascii: "}") {
            at += 1
            return isAtEnd()
        }
        var open: InlineStack = InlineStack()
        while true {
            guard let key = takeKey() else { return false }
            let number = keys.key(line.base + key.lowerBound, key.count, parent: open.parent)
            let entry = keys.pointer(to: number)
            let first = peek
            let field = tape.next
            field.pointee.key = number
            field.pointee.start = UInt32(truncatingIfNeeded: at)
            field.pointee.meaning = entry.pointee.meaning
            field.pointee.verdict = entry.pointee.verdict
            field.pointee.rank = entry.pointee.rank
            field.pointee.descendants = 0
            if first == UInt8(ascii: "{"), open.depth < Self.maximumDepth, !isEmptyObject() {
                field.pointee.kind = .object
                open.push(tapeIndex: tape.count, parent: number)
                tape.advance(.object, field.pointee.verdict)
                at += 1
                skipSpace()
                continue
            }
            if first == UInt8(ascii: "\"") {
                guard takeString(field) else { return false }
            } else if !takeNumber(field) {
                guard takeRest(first, field) else { return false }
            }
            tape.advance(field.pointee.kind, field.pointee.verdict)
            if at < line.count, line.base[at] == UInt8(ascii: ",") {
                at &+= 1
                skipSpace()
                continue
            }
            guard let more = closeObjects(&open, &tape) else { return false }
            if !more { return isAtEnd() }
        }
    }

    /// Takes a string as the value of a field.
    @inline(__always) private mutating func takeString(_ field: UnsafeMutablePointer<Field>) -> Bool {
        guard let text = takeString() else { return false }
        field.pointee.start = UInt32(truncatingIfNeeded: text.lowerBound)
        field.pointee.end = UInt32(truncatingIfNeeded: text.upperBound)
        let isEscaped = line.flags & LineFlag.backslash != 0 && hasBackslash(text)
        field.pointee.kind = isEscaped ? .escapedString : .string
        return true
    }

    /// Takes a number of the usual form: up to seven digits, and as many behind a point, with the line going on.
    ///
    /// Deviation from the grammar, which `JSONNumber` has: what is longer or has an exponent is left to it.
    @inline(__always) private mutating func takeNumber(_ field: UnsafeMutablePointer<Field>) -> Bool {
        let p = line.base + at
        let whole = JSONNumber.leadingDigits(p)
        guard whole > 0, whole < 8, p[0] != UInt8(ascii: "0") || whole == 1 else { return false }
        var length = whole
        if p[length] == UInt8(ascii: ".") {
            let fraction = JSONNumber.leadingDigits(p + length + 1)
            guard fraction > 0, fraction < 8 else { return false }
            length &+= fraction &+ 1
        }
        guard at &+ length < line.count, Self.endsScalar(p[length]) else { return false }
        at &+= length
        field.pointee.end = UInt32(truncatingIfNeeded: at)
        field.pointee.kind = .number
        return true
    }

    /// Takes any other value.
    @inline(never) private mutating func takeRest(_ first: UInt8, _ field: UnsafeMutablePointer<Field>) -> Bool {
        let only = first == UInt8(ascii: "[") && field.pointee.meaning != .other ? takeOnlyString() : nil
        guard let taken = only ?? takeValue(first) else { return false }
        field.pointee.start = taken.start
        field.pointee.end = taken.end
        field.pointee.kind = taken.kind
        return true
    }

    /// After a value: takes closing braces and the comma.
    ///
    /// True: a key follows. False: the line's object is closed.
    private mutating func closeObjects(_ open: inout InlineStack, _ tape: inout FieldTape) -> Bool? {
        while true {
            skipSpace()
            if take(UInt8(ascii: ",")) {
                skipSpace()
                return true
            }
            guard take(UInt8(ascii: "}")) else { return nil }
            if open.depth == 0 { return false }
            guard tape.close(open.pop(), end: at) else { return nil }
        }
    }

    /// Takes `"key" :` and the spaces around it.
    @inline(__always) private mutating func takeKey() -> Range<Int>? {
        guard peek == UInt8(ascii: "\""), nextQuote + 1 < line.quoteCount, Int(line.quotes[nextQuote]) == at else {
            return nil
        }
        let start = at + 1
        let end = Int(line.quotes[nextQuote + 1])
        nextQuote += 2
        at = end + 1
        skipSpace()
        guard take(UInt8(ascii: ":")) else { return nil }
        skipSpace()
        return start..<end
    }

    /// Takes one value that is not an object to be taken apart.
    ///
    /// The key is filled in by the caller.
    private mutating func takeValue(_ first: UInt8) -> Field? {
        let start = at
        switch first {
        case UInt8(ascii: "\""):
            guard let text = takeString() else { return nil }
            let kind: Field.Kind = hasBackslash(text) ? .escapedString : .string
            return Field(key: 0, start: UInt32(text.lowerBound), end: UInt32(text.upperBound), kind: kind)
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            let isEmpty = first == UInt8(ascii: "{") && isEmptyObject()
            guard skipContainer() else { return nil }
            // An object that stays whole, but for empty ones, counts as an array: redaction looks into both by itself.
            let kind: Field.Kind = isEmpty ? .object : .array
            return Field(key: 0, start: UInt32(start), end: UInt32(at), kind: kind)
        default:
            guard let kind = takeScalar(first) else { return nil }
            return Field(key: 0, start: UInt32(start), end: UInt32(at), kind: kind)
        }
    }

    /// Takes an array that holds one string and nothing else, as Go prints headers (`"X-Request-Id":["…"]`), as that
    /// string; nil, and not moved, for any other value.
    @inline(never) private mutating func takeOnlyString() -> Field? {
        let (start, quote) = (at, nextQuote)
        at += 1
        skipSpace()
        if let text = takeString() {
            skipSpace()
            if take(UInt8(ascii: "]")) {
                let kind: Field.Kind = hasBackslash(text) ? .escapedString : .string
                return Field(key: 0, start: UInt32(text.lowerBound), end: UInt32(text.upperBound), kind: kind)
            }
        }
        (at, nextQuote) = (start, quote)
        return nil
    }

    @inline(__always) private mutating func takeString() -> Range<Int>? {
        guard nextQuote + 1 < line.quoteCount, Int(line.quotes[nextQuote]) == at else { return nil }
        let start = at + 1
        let end = Int(line.quotes[nextQuote + 1])
        nextQuote += 2
        at = end + 1
        return start..<end
    }

    private func hasBackslash(_ text: Range<Int>) -> Bool {
        guard line.flags & LineFlag.backslash != 0, !text.isEmpty else { return false }
        return memchr(line.base + text.lowerBound, 0x5C, text.count) != nil
    }

    private mutating func takeScalar(_ first: UInt8) -> Field.Kind? {
        let start = at
        while at < line.count, !Self.endsScalar(line.base[at]) { at += 1 }
        let p = line.base + start
        switch (first, at - start) {
        case (UInt8(ascii: "t"), 4): return Bytes.load32(p) == 0x6575_7274 ? .bool : nil
        case (UInt8(ascii: "f"), 5): return Bytes.load32(p + 1) == 0x6573_6C61 ? .bool : nil
        case (UInt8(ascii: "n"), 4): return Bytes.load32(p) == 0x6C6C_756E ? .null : nil
        default: return at > start && JSONNumber.isValid(p, at - start) ? .number : nil
        }
    }

    @inline(__always) private static func endsScalar(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: ",") || byte == UInt8(ascii: "}") || byte == UInt8(ascii: "]") || Bytes.isJSONSpace(byte)
    }

    /// Takes an array, or an object that stays whole, checking it to the full grammar.
    private mutating func skipContainer() -> Bool {
        // One bit a level: set for an object, clear for an array.
        var isObject = InlineBits()
        var depth = 0
        var wantsValue = true
        repeat {
            skipSpace()
            guard at < line.count else { return false }
            let byte = line.base[at]
            if !wantsValue {
                at += 1
                if byte == UInt8(ascii: ",") {
                    wantsValue = true
                    if isObject[depth] { guard takeInnerKey() else { return false } }
                } else {
                    guard byte == (isObject[depth] ? UInt8(ascii: "}") : UInt8(ascii: "]")) else { return false }
                    depth -= 1
                }
                continue
            }
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                depth += 1
                guard depth < Self.maximumNesting else { return false }
                at += 1
                isObject[depth] = byte == UInt8(ascii: "{")
                if takeClose(byte) {
                    depth -= 1
                    wantsValue = false
                } else if isObject[depth] {
                    guard takeInnerKey() else { return false }
                }
            case UInt8(ascii: "\""):
                guard takeString() != nil else { return false }
                wantsValue = false
            default:
                guard takeScalar(byte) != nil else { return false }
                wantsValue = false
            }
        } while depth > 0
        return true
    }

    private mutating func takeInnerKey() -> Bool {
        skipSpace()
        return takeKey() != nil
    }

    /// Takes the end of a container that has nothing in it.
    private mutating func takeClose(_ opening: UInt8) -> Bool {
        skipSpace()
        return take(opening == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
    }

    private func isEmptyObject() -> Bool {
        var next = at + 1
        while next < line.count, Bytes.isJSONSpace(line.base[next]) { next += 1 }
        return next < line.count && line.base[next] == UInt8(ascii: "}")
    }

    private mutating func isAtEnd() -> Bool {
        skipSpace()
        return at == line.count && nextQuote == line.quoteCount
    }

    /// The byte at hand; zero at the end of the line.
    @inline(__always) private var peek: UInt8 { at < line.count ? line.base[at] : 0 }

    @inline(__always) private mutating func take(_ byte: UInt8) -> Bool {
        guard at < line.count, line.base[at] == byte else { return false }
        at += 1
        return true
    }

    @inline(__always) private mutating func skipSpace() {
        while at < line.count, line.base[at] <= 0x20, Bytes.isJSONSpace(line.base[at]) { at &+= 1 }
    }
}

/// The objects that are open during a walk, outermost first.
private struct InlineStack {
    private var indices = SIMD16<UInt32>()
    private var parents = SIMD16<UInt32>()
    private(set) var depth = 0
    private(set) var parent = KeyTable.root

    mutating func push(tapeIndex: Int, parent key: UInt32) {
        indices[depth] = UInt32(tapeIndex)
        parents[depth] = parent
        depth += 1
        parent = key
    }

    mutating func pop() -> Int {
        depth -= 1
        parent = parents[depth]
        return Int(indices[depth])
    }
}

/// 512 bits.
private struct InlineBits {
    private var words = SIMD8<UInt64>()

    subscript(index: Int) -> Bool {
        get { words[index >> 6] >> UInt64(index & 63) & 1 == 1 }
        set {
            let bit = UInt64(1) << UInt64(index & 63)
            if newValue { words[index >> 6] |= bit } else { words[index >> 6] &= ~bit }
        }
    }
}
