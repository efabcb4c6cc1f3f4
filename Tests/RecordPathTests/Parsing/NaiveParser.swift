import RecordPath

/// What a line's fields are, found in the plainest way: byte by byte, recursively, with nothing remembered.
///
/// The oracle of the walker, the shapes and the logfmt parser: it shares no code with them but the table of names.
struct NaiveParser {
    /// One field of a line.
    struct Field: Equatable {
        var path: String
        var kind: FieldKind
        var meaning: Meaning
        var range: Range<Int>
        var descendants = 0
    }

    private static let names = CanonicalNames(adding: [])
    private static let deepest = 16
    private static let nesting = 512

    private let bytes: [UInt8]
    private var at = 0
    private var fields: [Field] = []

    /// The format of a line and its fields; text has none.
    static func parse(_ bytes: [UInt8]) -> (format: LineFormat, fields: [Field], canonical: [Meaning: Range<Int>]) {
        let first = bytes.first { !(0x09...0x0D).contains($0) && $0 != 0x20 }
        guard let first else { return (.text, [], [:]) }
        var parser = NaiveParser(bytes: bytes)
        if first == 0x7B {
            parser.skipBlanks()
            guard parser.object(path: "", depth: 0), parser.isAtEnd() else { return (.text, [], [:]) }
            return (.json, parser.fields, parser.canonical())
        }
        guard parser.logfmt() else { return (.text, [], [:]) }
        return (.logfmt, parser.fields, parser.canonical())
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    /// Of the fields with one meaning the best name counts, of equal names the last; few meanings may be lists.
    private func canonical() -> [Meaning: Range<Int>] {
        var best: [Meaning: (rank: UInt8, range: Range<Int>)] = [:]
        for field in fields where field.meaning != .other && field.kind != .null && field.kind != .object {
            if field.kind == .array, ![.message, .pairs, .records, .contexts].contains(field.meaning) { continue }
            let rank = Self.name(field.path).rank
            if let known = best[field.meaning], known.rank < rank { continue }
            best[field.meaning] = (rank, field.range)
        }
        return best.mapValues(\.range)
    }

    private static func name(_ path: String) -> CanonicalName {
        Array(path.utf8).withUnsafeBufferPointer { names.name(ofPath: $0) }
    }

    private mutating func add(_ path: String, _ kind: FieldKind, _ range: Range<Int>) {
        fields.append(Field(path: path, kind: kind, meaning: Self.name(path).meaning, range: range))
    }

    // MARK: JSON

    private var peek: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard at < bytes.count, bytes[at] == byte else { return false }
        at += 1
        return true
    }

    private mutating func skipBlanks() {
        while at < bytes.count, [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
    }

    private mutating func isAtEnd() -> Bool {
        skipBlanks()
        return at == bytes.count
    }

    /// An object whose members become fields.
    private mutating func object(path: String, depth: Int) -> Bool {
        guard take(0x7B) else { return false }
        skipBlanks()
        if take(0x7D) { return true }
        repeat {
            skipBlanks()
            guard let key = string(), colon() else { return false }
            let name = String(decoding: bytes[key], as: UTF8.self)
            guard member(path.isEmpty ? name : path + "." + name, depth) else { return false }
            skipBlanks()
        } while take(0x2C)
        return take(0x7D)
    }

    private mutating func member(_ path: String, _ depth: Int) -> Bool {
        let start = at
        if peek == 0x7B, depth < Self.deepest {
            let index = fields.count
            add(path, .object, start..<start)
            guard object(path: path, depth: depth + 1) else { return false }
            fields[index].range = start..<at
            fields[index].descendants = fields.count - index - 1
            return true
        }
        if peek == 0x5B, Self.name(path).meaning != .other, let text = onlyString() {
            add(path, bytes[text].contains(0x5C) ? .escapedString : .string, text)
            return true
        }
        if peek == 0x22 {
            guard let text = string() else { return false }
            add(path, bytes[text].contains(0x5C) ? .escapedString : .string, text)
            return true
        }
        guard let kind = value(depth: 0) else { return false }
        add(path, kind, start..<at)
        return true
    }

    private mutating func onlyString() -> Range<Int>? {
        let start = at
        at += 1
        skipBlanks()
        if peek == 0x22, let text = string() {
            skipBlanks()
            if take(0x5D) { return text }
        }
        at = start
        return nil
    }

    /// Any value, kept whole.
    private mutating func value(depth: Int) -> FieldKind? {
        switch peek {
        case 0x22: return string() == nil ? nil : .string
        case 0x7B, 0x5B:
            guard depth + 1 < Self.nesting else { return nil }
            let isObject = peek == 0x7B
            at += 1
            skipBlanks()
            if take(isObject ? 0x7D : 0x5D) { return isObject ? .object : .array }
            repeat {
                skipBlanks()
                if isObject { guard string() != nil, colon() else { return nil } }
                guard value(depth: depth + 1) != nil else { return nil }
                skipBlanks()
            } while take(0x2C)
            return take(isObject ? 0x7D : 0x5D) ? .array : nil
        default: return scalar()
        }
    }

    private mutating func colon() -> Bool {
        skipBlanks()
        guard take(0x3A) else { return false }
        skipBlanks()
        return true
    }

    private mutating func string() -> Range<Int>? {
        guard take(0x22) else { return nil }
        let start = at
        while at < bytes.count, bytes[at] != 0x22 { at += bytes[at] == 0x5C ? 2 : 1 }
        guard at < bytes.count else { return nil }
        at += 1
        return start..<at - 1
    }

    private mutating func scalar() -> FieldKind? {
        let start = at
        while at < bytes.count, ![0x2C, 0x7D, 0x5D, 0x20, 0x09, 0x0A, 0x0D].contains(bytes[at]) { at += 1 }
        let text = String(decoding: bytes[start..<at], as: UTF8.self)
        switch text {
        case "true", "false": return .bool
        case "null": return .null
        default: return Self.isNumber(text) ? .number : nil
        }
    }

    /// RFC 8259: `-`, an integer without leading zeros, a fraction, an exponent.
    private static func isNumber(_ text: String) -> Bool {
        let isDigits = { (part: Substring) in !part.isEmpty && part.utf8.allSatisfy { (0x30...0x39).contains($0) } }
        var rest = text.dropFirst(text.hasPrefix("-") ? 1 : 0)
        if let mark = rest.firstIndex(where: { $0 == "e" || $0 == "E" }) {
            let exponent = rest[rest.index(after: mark)...]
            guard isDigits(exponent.first == "+" || exponent.first == "-" ? exponent.dropFirst() : exponent) else {
                return false
            }
            rest = rest[..<mark]
        }
        let parts = rest.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        guard isDigits(parts[0]), parts[0] == "0" || !parts[0].hasPrefix("0") else { return false }
        return parts.count == 1 || isDigits(parts[1])
    }

    // MARK: logfmt

    private mutating func logfmt() -> Bool {
        var words = 0
        while let next = (at..<bytes.count).first(where: { !Self.isSpace(bytes[$0]) }) {
            at = next
            let keyEnd = (at..<bytes.count).first { !Self.isKeyByte(bytes[$0]) } ?? bytes.count
            guard keyEnd > at, keyEnd < bytes.count, bytes[keyEnd] == 0x3D else {
                if fields.isEmpty { return false }
                words += 1
                at = (at..<bytes.count).first { Self.isSpace(bytes[$0]) } ?? bytes.count
                continue
            }
            let key = String(decoding: bytes[at..<keyEnd], as: UTF8.self)
            at = keyEnd + 1
            guard pair(key) else { return false }
        }
        return fields.count >= 2 && words <= fields.count
    }

    private mutating func pair(_ key: String) -> Bool {
        if peek == 0x22 {
            guard let text = string(), at == bytes.count || Self.isSpace(bytes[at]) else { return false }
            add(key, bytes[text].contains(0x5C) ? .escapedString : .string, text)
            return true
        }
        let bytes = bytes
        let endsHere = { (index: Int) in index == bytes.count || Self.isSpace(bytes[index]) }
        if peek == 0x27, let close = (at + 1..<bytes.count).first(where: { bytes[$0] == 0x27 && endsHere($0 + 1) }) {
            add(key, .string, at + 1..<close)
            at = close + 1
            return true
        }
        let end = (at..<bytes.count).first { Self.isSpace(bytes[$0]) } ?? bytes.count
        let isNumber = Self.isNumber(String(decoding: bytes[at..<end], as: UTF8.self))
        add(key, isNumber ? .number : .string, at..<end)
        at = end
        return true
    }

    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }

    private static func isKeyByte(_ byte: UInt8) -> Bool {
        let isAlphanumeric = ASCII.isAlphanumeric(byte)
        return isAlphanumeric || [0x5F, 0x2E, 0x2D, 0x2F, 0x40].contains(byte) || byte >= 0x80
    }
}

extension NaiveParser.Field {
    /// What the real parser found.
    init(_ field: LineInspector.Field) {
        self.init(
            path: field.path,
            kind: field.kind,
            meaning: field.meaning,
            range: field.range,
            descendants: field.descendants
        )
    }
}
