/// The rules for names inside `attributes`.
///
/// OpenSearch refuses, or cannot search for, a name that is empty or blank, has an empty part between its dots, or
/// holds NUL. Each offending character becomes `_`. A name that is too long is cut and ends in a hash of the whole,
/// so that two long names stay two.
enum AttributeName {
    /// Longest name, bytes.
    static let maximumBytes = 256

    private static let underscore = UInt8(ascii: "_")
    private static let dot = UInt8(ascii: ".")

    /// Whether a key can stay as it stands in the line.
    ///
    /// Not every harmless key is recognised, but nearly all are.
    static func isClean(_ key: UnsafeBufferPointer<UInt8>) -> Bool {
        key.baseAddress.map { isClean($0, key.count) } ?? false
    }

    /// The same of `count` bytes.
    static func isClean(_ p: UnsafePointer<UInt8>, _ count: Int) -> Bool {
        guard count > 0, count <= maximumBytes else { return false }
        var wasDot = true
        for index in 0..<count {
            let byte = p[index]
            guard byte > 0x20, byte < 0x7F, byte != 0x22, byte != 0x5C else { return false }
            if byte == dot, wasDot { return false }
            wasDot = byte == dot
        }
        return !wasDot
    }

    /// The name of a key that stands in a line with these bytes, escapes and all.
    static func name(_ key: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        let text = decode(key)
        var name: [UInt8] = []
        for (index, byte) in text.enumerated() {
            // A dot that is first, last or behind another one separates nothing.
            let isStray = byte == dot && (index == 0 || index == text.count - 1 || text[index - 1] == dot)
            name.append(byte == 0 || isStray ? underscore : byte)
        }
        let parts = name.split(separator: dot, omittingEmptySubsequences: false)
        name = Array(parts.map { isBlank($0) ? [underscore] : $0 }.joined(separator: [dot]))
        return name.count > maximumBytes ? shortened(name) : name
    }

    /// Empty, or white space only.
    private static func isBlank(_ part: ArraySlice<UInt8>) -> Bool {
        String(decoding: part, as: UTF8.self).allSatisfy(\.isWhitespace)
    }

    private static func shortened(_ name: [UInt8]) -> [UInt8] {
        var whole = Arena(capacity: name.count)
        whole.append(name)
        let hash = String(Bytes.hash(whole.base, whole.count), radix: 16)
        let kept = LineCut.boundary(UnsafePointer(whole.base), whole.count, maximumBytes - 17)
        var head = Array(name[..<kept])
        while head.last == dot { head.removeLast() }
        return head + [underscore] + String(repeating: "0", count: 16 - hash.count).utf8 + hash.utf8
    }

    /// The text that the inside of a JSON string stands for; what is no escape stands for itself.
    private static func decode(_ key: UnsafeBufferPointer<UInt8>) -> [UInt8] {
        guard let base = key.baseAddress, key.contains(0x5C) else { return Array(key) }
        var text: [UInt8] = []
        var at = 0
        while at < key.count {
            guard key[at] == 0x5C, at + 1 < key.count else {
                text.append(key[at])
                at += 1
                continue
            }
            if let plain = simpleEscape(key[at + 1]) {
                text.append(plain)
                at += 2
            } else if let unit = JSONText.unit(base + at, key.count - at) {
                let next = JSONText.unit(base + at + 6, key.count - at - 6)
                at += append(unit, next, to: &text)
            } else {
                text.append(0x5C)
                at += 1
            }
        }
        return text
    }

    private static func simpleEscape(_ letter: UInt8) -> UInt8? {
        switch letter {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
        case UInt8(ascii: "b"): 0x08
        case UInt8(ascii: "f"): 0x0C
        case UInt8(ascii: "n"): 0x0A
        case UInt8(ascii: "r"): 0x0D
        case UInt8(ascii: "t"): 0x09
        default: nil
        }
    }

    /// Appends a UTF-16 unit, or it and the next when they are a pair; gives the bytes of the source they took.
    private static func append(_ unit: UInt32, _ next: UInt32?, to text: inout [UInt8]) -> Int {
        if let scalar = Unicode.Scalar(unit) {
            text += Array(String(Character(scalar)).utf8)
            return 6
        }
        if unit & 0xFC00 == 0xD800, let next, next & 0xFC00 == 0xDC00,
            let scalar = Unicode.Scalar(0x10000 + (unit & 0x3FF) << 10 + next & 0x3FF)
        {
            text += Array(String(Character(scalar)).utf8)
            return 12
        }
        text += [0xEF, 0xBF, 0xBD]
        return 6
    }
}
