/// What stands behind (and before) a token's literal: classes of characters with counts, such as
/// `[A-Za-z0-9]{20,40}\.[a-f0-9]{64}`.
///
/// A subset of regular expressions without alternatives, so that one look at each byte decides and nothing is tried
/// twice.
struct TokenPattern: Sendable, Equatable {
    struct Element: Sendable, Equatable {
        var set: ByteSet
        var least: Int
        /// `Int.max`: no limit.
        var most: Int
    }

    private(set) var elements: [Element] = []

    /// Reads a pattern.
    ///
    /// Classes `[…]`, `\w`, `\d`, `\.`, plain characters, counts `{n}`, `{n,}`, `{n,m}`, `?`, `*`, `+`. Returns nil
    /// when the text is none.
    init?(_ source: String) {
        var reader = Reader(bytes: Array(source.utf8))
        while !reader.isAtEnd {
            guard let set = reader.set(), let (least, most) = reader.count() else { return nil }
            elements.append(Element(set: set, least: least, most: most))
        }
    }

    /// How many bytes at the beginning are letters, digits, dashes or underscores in whatever matches; at most 16.
    var leadingWordBytes: UInt8 {
        var count = 0
        for element in elements {
            guard element.set.isSubset(of: .urlSafe) else { break }
            count = min(count + element.least, 16)
            if element.most > element.least { break }
        }
        return UInt8(count)
    }

    private struct Reader {
        let bytes: [UInt8]
        var at = 0

        var isAtEnd: Bool { at >= bytes.count }

        mutating func next() -> UInt8? {
            guard at < bytes.count else { return nil }
            defer { at += 1 }
            return bytes[at]
        }

        mutating func set() -> ByteSet? {
            guard let byte = next() else { return nil }
            if byte == 0x5C { return next().map(Self.escape) }
            guard byte == 0x5B else { return Self.only(byte) }
            var set = ByteSet(low: 0, high: 0)
            while let member = next() {
                if member == 0x5D { return set }
                if member == 0x5C, let escaped = next() {
                    set = set.union(Self.escape(escaped))
                } else if at + 1 < bytes.count, bytes[at] == 0x2D, bytes[at + 1] != 0x5D {
                    guard member <= bytes[at + 1] else { return nil }
                    for i in member...bytes[at + 1] { set.insert(i) }
                    at += 2
                } else {
                    set.insert(member)
                }
            }
            return nil
        }

        mutating func count() -> (Int, Int)? {
            guard at < bytes.count else { return (1, 1) }
            switch bytes[at] {
            case 0x3F: at += 1; return (0, 1)
            case 0x2A: at += 1; return (0, .max)
            case 0x2B: at += 1; return (1, .max)
            case 0x7B: at += 1; return braces()
            default: return (1, 1)
            }
        }

        private mutating func braces() -> (Int, Int)? {
            let least = number()
            guard let mark = next() else { return nil }
            if mark == 0x7D { return (least, least) }
            guard mark == 0x2C, at < bytes.count else { return nil }
            let most = bytes[at] == 0x7D ? Int.max : number()
            return next() == 0x7D && least <= most ? (least, most) : nil
        }

        private mutating func number() -> Int {
            var value = 0
            while at < bytes.count, bytes[at].isDigit, value < 100_000 {
                value = value * 10 + Int(bytes[at] & 15)
                at += 1
            }
            return value
        }

        private static func only(_ byte: UInt8) -> ByteSet {
            var set = ByteSet(low: 0, high: 0)
            set.insert(byte)
            return set
        }

        private static func escape(_ byte: UInt8) -> ByteSet {
            switch byte {
            case 0x77: .word
            case 0x64: .digits
            default: only(byte)
            }
        }
    }
}
