/// Reads one JSON text from front to back, strictly, without building a tree.
///
/// For replies and for our own bodies, not for log lines. Callers take what they know and skip the rest; every
/// method throws `JSONError` where the text is not what was asked for. Depth is bounded.
package struct JSONReader {
    /// Deepest nesting that is read.
    package static let depthMax = 64

    /// What a value is.
    package enum Kind: Sendable, Equatable {
        case object, array, string, number, bool, null
    }

    private let bytes: ArraySlice<UInt8>
    /// Where the next byte is read, as an index of the array given.
    package private(set) var position: Int
    private var depth = 0

    /// Begins at the start of a text.
    package init(_ bytes: [UInt8]) {
        self.init(bytes[...])
    }

    /// Begins at the start of a part of a text.
    package init(_ bytes: ArraySlice<UInt8>) {
        self.bytes = bytes
        position = bytes.startIndex
    }

    /// What comes next.
    package mutating func kind() throws(JSONError) -> Kind {
        skipSpace()
        switch try byte() {
        case UInt8(ascii: "{"): return .object
        case UInt8(ascii: "["): return .array
        case UInt8(ascii: "\""): return .string
        case UInt8(ascii: "t"), UInt8(ascii: "f"): return .bool
        case UInt8(ascii: "n"): return .null
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return .number
        default: throw failure()
        }
    }

    /// Reads an object; `member` must read the value of each key, or `skip` it.
    package mutating func object(
        _ member: (_ key: String, _ reader: inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try open(UInt8(ascii: "{"))
        if take(UInt8(ascii: "}")) { return close() }
        repeat {
            skipSpace()
            let key = try string()
            try expect(UInt8(ascii: ":"))
            try member(key, &self)
        } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "}"))
        close()
    }

    /// Reads an array; `element` must read each element, or `skip` it.
    package mutating func array(_ element: (_ reader: inout JSONReader) throws(JSONError) -> Void) throws(JSONError) {
        try open(UInt8(ascii: "["))
        if take(UInt8(ascii: "]")) { return close() }
        repeat { try element(&self) } while take(UInt8(ascii: ","))
        try expect(UInt8(ascii: "]"))
        close()
    }

    /// Reads a string; escapes are resolved, lone surrogates and invalid UTF-8 become U+FFFD.
    package mutating func string() throws(JSONError) -> String {
        try expect(UInt8(ascii: "\""))
        let start = position
        while true {
            switch try byte() {
            case UInt8(ascii: "\""):
                defer { position += 1 }
                return String(decoding: bytes[start..<position], as: UTF8.self)
            case UInt8(ascii: "\\"): return try escapedString(from: start)
            case 0..<0x20: throw failure()
            default: position += 1
            }
        }
    }

    /// Reads a whole number that fits 64 bits.
    package mutating func integer() throws(JSONError) -> Int {
        skipSpace()
        let start = position
        while position < bytes.endIndex, isNumberByte(bytes[position]) { position += 1 }
        guard let value = Int(String(decoding: bytes[start..<position], as: UTF8.self)),
            bytes[start] != UInt8(ascii: "+")
        else {
            throw JSONError(offset: start)
        }
        return value
    }

    /// Reads `true` or `false`.
    package mutating func bool() throws(JSONError) -> Bool {
        skipSpace()
        let isTrue = try byte() == UInt8(ascii: "t")
        try word(isTrue ? "true" : "false")
        return isTrue
    }

    /// Passes over any value.
    package mutating func skip() throws(JSONError) {
        switch try kind() {
        case .object: try object { (_, reader) throws(JSONError) in try reader.skip() }
        case .array: try array { reader throws(JSONError) in try reader.skip() }
        case .string: _ = try string()
        case .bool: _ = try bool()
        case .null: try word("null")
        case .number: while position < bytes.endIndex, isNumberByte(bytes[position]) { position += 1 }
        }
    }

    /// Passes over a value and says where it stands.
    package mutating func range() throws(JSONError) -> Range<Int> {
        skipSpace()
        let start = position
        try skip()
        return start..<position
    }

    /// Throws when anything but space follows.
    package mutating func end() throws(JSONError) {
        skipSpace()
        guard position == bytes.endIndex else { throw failure() }
    }

    // MARK: Bytes

    private func failure() -> JSONError { JSONError(offset: position - bytes.startIndex) }

    private func byte() throws(JSONError) -> UInt8 {
        guard position < bytes.endIndex else { throw failure() }
        return bytes[position]
    }

    private mutating func skipSpace() {
        while position < bytes.endIndex {
            switch bytes[position] {
            case 0x20, 0x09, 0x0A, 0x0D: position += 1
            default: return
            }
        }
    }

    private mutating func take(_ wanted: UInt8) -> Bool {
        skipSpace()
        guard position < bytes.endIndex, bytes[position] == wanted else { return false }
        position += 1
        return true
    }

    private mutating func expect(_ wanted: UInt8) throws(JSONError) {
        guard take(wanted) else { throw failure() }
    }

    private mutating func open(_ bracket: UInt8) throws(JSONError) {
        guard depth < Self.depthMax else { throw failure() }
        try expect(bracket)
        depth += 1
    }

    private mutating func close() { depth -= 1 }

    private mutating func word(_ text: StaticString) throws(JSONError) {
        for index in 0..<text.utf8CodeUnitCount {
            guard try byte() == text.utf8Start[index] else { throw failure() }
            position += 1
        }
    }

    private func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
            UInt8(ascii: "e"), UInt8(ascii: "E"):
            true
        default: false
        }
    }

    // MARK: Escapes

    /// The string that began at `start` and has its first escape at `position`.
    private mutating func escapedString(from start: Int) throws(JSONError) -> String {
        var text = Array(bytes[start..<position])
        while true {
            let next = try byte()
            position += 1
            switch next {
            case UInt8(ascii: "\""): return String(decoding: text, as: UTF8.self)
            case UInt8(ascii: "\\"): try appendEscape(to: &text)
            case 0..<0x20: throw failure()
            default: text.append(next)
            }
        }
    }

    private mutating func appendEscape(to text: inout [UInt8]) throws(JSONError) {
        let letter = try byte()
        position += 1
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(letter)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0C)
        case UInt8(ascii: "n"): text.append(0x0A)
        case UInt8(ascii: "r"): text.append(0x0D)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += try unicodeEscape().utf8
        default: throw failure()
        }
    }

    private mutating func unicodeEscape() throws(JSONError) -> String {
        let first = try hexDigits()
        guard 0xD800..<0xDC00 ~= first else { return Self.text(first) }
        // A high surrogate: the low one must follow, else it stands alone.
        let rewind = position
        if position + 1 < bytes.endIndex, bytes[position] == UInt8(ascii: "\\"),
            bytes[position + 1] == UInt8(ascii: "u")
        {
            position += 2
            let second = try hexDigits()
            if 0xDC00..<0xE000 ~= second { return Self.text(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00)) }
        }
        position = rewind
        return "\u{FFFD}"
    }

    private static func text(_ value: UInt32) -> String {
        String(Unicode.Scalar(value) ?? "\u{FFFD}")
    }

    private mutating func hexDigits() throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            let digit = try byte()
            guard let nibble = Self.nibble(digit) else { throw failure() }
            value = value << 4 | nibble
            position += 1
        }
        return value
    }

    private static func nibble(_ digit: UInt8) -> UInt32? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(digit - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt32(digit - UInt8(ascii: "a")) + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt32(digit - UInt8(ascii: "A")) + 10
        default: nil
        }
    }
}
