import RecordPath

/// A strict and slow JSON reader: says whether a line is valid, and makes the tape that the real parser would.
struct StrictJSON {
    private let bytes: [UInt8]
    private let policy: RedactionPolicy?
    private var at = 0
    private(set) var fields: [Field] = []

    /// The tape of an object line; nil when the line is no valid JSON object.
    static func tape(_ line: [UInt8], _ policy: RedactionPolicy) -> [Field]? {
        var reader = StrictJSON(bytes: line, policy: policy)
        reader.skipBlanks()
        guard reader.peek == 0x7B, reader.object(isRoot: true), reader.isDone else { return nil }
        return reader.fields
    }

    /// Whether the bytes are one valid JSON value.
    static func isValid(_ line: [UInt8]) -> Bool {
        var reader = StrictJSON(bytes: line, policy: nil)
        return reader.value(depth: 0) != nil && reader.isDone
    }

    private init(bytes: [UInt8], policy: RedactionPolicy?) {
        self.bytes = bytes
        self.policy = policy
    }

    private var peek: UInt8 { at < bytes.count ? bytes[at] : 0 }

    private var isDone: Bool {
        var rest = at
        while rest < bytes.count, Self.isBlank(bytes[rest]) { rest += 1 }
        return rest == bytes.count
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D }

    private mutating func skipBlanks() { while at < bytes.count, Self.isBlank(bytes[at]) { at += 1 } }

    private mutating func take(_ byte: UInt8) -> Bool {
        guard peek == byte, at < bytes.count else { return false }
        at += 1
        return true
    }

    private mutating func object(isRoot: Bool, depth: Int = 0) -> Bool {
        guard depth < 100, take(0x7B) else { return false }
        skipBlanks()
        if take(0x7D) { return true }
        while true {
            skipBlanks()
            let keyStart = at + 1
            guard string() != nil else { return false }
            let key = Array(bytes[keyStart..<at - 1])
            skipBlanks()
            guard take(0x3A) else { return false }
            guard member(key, depth) else { return false }
            skipBlanks()
            if take(0x7D) { return true }
            guard take(0x2C) else { return false }
        }
    }

    private mutating func member(_ key: [UInt8], _ depth: Int) -> Bool {
        guard let policy else { return value(depth: depth + 1) != nil }
        skipBlanks()
        let verdict = key.withUnsafeBufferPointer { policy.verdict(forKey: $0) }
        let index = fields.count
        fields.append(Field(key: 0, start: UInt32(at), end: 0, kind: .null, verdict: verdict))
        if peek == 0x7B {
            let start = at
            guard object(isRoot: false, depth: depth + 1) else { return false }
            fields[index].kind = .object
            fields[index].start = UInt32(start)
            fields[index].end = UInt32(at)
            fields[index].descendants = UInt16(fields.count - index - 1)
            return true
        }
        let start = at
        guard let kind = value(depth: depth + 1) else { return false }
        let isString = kind == .string || kind == .escapedString
        fields[index].kind = kind
        fields[index].start = UInt32(isString ? start + 1 : start)
        fields[index].end = UInt32(isString ? at - 1 : at)
        return true
    }

    private mutating func value(depth: Int) -> Field.Kind? {
        guard depth < 100 else { return nil }
        skipBlanks()
        switch peek {
        case 0x22: return string()
        case 0x7B:
            let outer = self
            var inner = StrictJSON(bytes: outer.bytes, policy: nil)
            inner.at = at
            guard inner.object(isRoot: false, depth: depth) else { return nil }
            at = inner.at
            return .object
        case 0x5B: return array(depth: depth) ? .array : nil
        case 0x74: return literal("true") ? .bool : nil
        case 0x66: return literal("false") ? .bool : nil
        case 0x6E: return literal("null") ? .null : nil
        default: return number() ? .number : nil
        }
    }

    private mutating func array(depth: Int) -> Bool {
        guard take(0x5B) else { return false }
        skipBlanks()
        if take(0x5D) { return true }
        while true {
            guard value(depth: depth + 1) != nil else { return false }
            skipBlanks()
            if take(0x5D) { return true }
            guard take(0x2C) else { return false }
        }
    }

    private mutating func literal(_ word: String) -> Bool {
        for byte in word.utf8 where !take(byte) { return false }
        return true
    }

    private mutating func number() -> Bool {
        _ = take(0x2D)
        if !take(0x30) { guard digits() else { return false } }
        if take(0x2E) { guard digits() else { return false } }
        if peek | 0x20 == 0x65 {
            at += 1
            if peek == 0x2B || peek == 0x2D { at += 1 }
            return digits()
        }
        return true
    }

    private mutating func digits() -> Bool {
        let start = at
        while peek >= 0x30, peek <= 0x39 { at += 1 }
        return at > start
    }

    private mutating func string() -> Field.Kind? {
        guard take(0x22) else { return nil }
        var kind = Field.Kind.string
        while at < bytes.count {
            let byte = bytes[at]
            at += 1
            if byte == 0x22 { return kind }
            if byte < 0x20 { return nil }
            guard byte == 0x5C else { continue }
            kind = .escapedString
            guard escape() else { return nil }
        }
        return nil
    }

    private mutating func escape() -> Bool {
        let kind = peek
        at += 1
        if "\"\\/bfnrt".utf8.contains(kind) { return true }
        guard kind == 0x75, at + 4 <= bytes.count else { return false }
        defer { at += 4 }
        return bytes[at..<at + 4].allSatisfy { ($0 >= 0x30 && $0 <= 0x39) || ($0 | 0x20 >= 0x61 && $0 | 0x20 <= 0x66) }
    }
}
