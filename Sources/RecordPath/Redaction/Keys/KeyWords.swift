/// A key, taken apart into lower-case words: `X-Http-userPassword2[]` is `user`, `password2`.
///
/// No allocation: the caller lends the memory. Keys longer than that keep their end, where the meaning is.
struct KeyWords: ~Copyable {
    static let maxBytes = 96
    static let maxWords = 12
    /// What the caller lends.
    static let memoryBytes = maxBytes + maxWords + 1

    /// Letters and digits of all words, one behind the other.
    ///
    /// Invariant: `memoryBytes` bytes, ours for our life.
    let bytes: UnsafeMutablePointer<UInt8>
    private(set) var byteCount = 0
    /// Word `i` is `bytes[starts[i]..<starts[i + 1]]`.
    private let starts: UnsafeMutablePointer<UInt8>
    private(set) var wordCount = 0

    /// Takes a key apart.
    init(_ key: UnsafeBufferPointer<UInt8>, memory: UnsafeMutablePointer<UInt8>) {
        bytes = memory
        starts = memory + Self.maxBytes
        let (from, to) = Self.lastSegment(of: key)
        var previous: UInt8 = 0x5F
        for i in from..<to {
            let byte = key[i]
            defer { previous = byte }
            guard byte.isAlphanumeric || byte >= 0x80 else { continue }
            let next = i + 1 < to ? key[i + 1] : 0x5F
            let isHump = byte.isUpper && (previous.isLower || previous.isDigit || (previous.isUpper && next.isLower))
            if isHump || !(previous.isAlphanumeric || previous >= 0x80) { beginWord() }
            append(byte.lowercased)
        }
        starts[wordCount] = UInt8(byteCount)
        dropDecoration()
    }

    /// The first byte of word `i`.
    func start(of word: Int) -> Int { Int(starts[word]) }
    /// One past the last byte of word `i`.
    func end(of word: Int) -> Int { Int(starts[word + 1]) }

    /// The hash of the words `first…last` written as one.
    func hash(_ first: Int, _ last: Int) -> UInt64 { hash(bytes: start(of: first)..<end(of: last)) }

    /// The hash of a range of the bytes.
    func hash(bytes range: Range<Int>) -> UInt64 {
        var hash = WordHash()
        for i in range { hash.add(bytes[i]) }
        return hash.value
    }

    private mutating func beginWord() {
        guard wordCount < Self.maxWords, byteCount < Self.maxBytes else { return }
        starts[wordCount] = UInt8(byteCount)
        wordCount += 1
    }

    private mutating func append(_ byte: UInt8) {
        guard byteCount < Self.maxBytes, wordCount > 0 else { return }
        bytes[byteCount] = byte
        byteCount += 1
    }

    /// `X-`, `HTTP_` and `headers.` in front say where a value came from, not what it is.
    private mutating func dropDecoration() {
        var first = 0
        while first < wordCount - 1, isDecoration(first) { first += 1 }
        guard first > 0 else { return }
        for i in 0...(wordCount - first) { starts[i] = starts[i + first] }
        wordCount -= first
    }

    private func isDecoration(_ word: Int) -> Bool {
        let count = end(of: word) - start(of: word)
        let first = bytes[start(of: word)]
        switch count {
        case 1: return first == 0x78  // x
        case 4: return hash(word, word) == WordHash.of("http")
        case 6: return hash(word, word) == WordHash.of("header")
        case 7: return hash(word, word) == WordHash.of("headers")
        default: return false
        }
    }

    /// The part behind the last dot, slash or colon, or inside the last brackets that are not an index.
    private static func lastSegment(of key: UnsafeBufferPointer<UInt8>) -> (Int, Int) {
        var to = key.count
        while to > 0 {
            to = trimmedEnd(key, to)
            var from = to
            while from > 0, !isSeparator(key, from - 1) { from -= 1 }
            let hasLetter = (from..<to).contains { !key[$0].isDigit && (key[$0].isLetter || key[$0] >= 0x80) }
            if hasLetter { return (max(from, to - maxBytes), to) }
            to = from > 0 ? from - 1 : 0
        }
        return (0, 0)
    }

    /// Without brackets and the like behind: `]`, `[]`, `%5D`.
    private static func trimmedEnd(_ key: UnsafeBufferPointer<UInt8>, _ end: Int) -> Int {
        var to = end
        while to > 0, !(key[to - 1].isAlphanumeric || key[to - 1] >= 0x80) { to -= 1 }
        if to >= 3, key[to - 3] == 0x25, key[to - 2] == 0x35, key[to - 1] | 0x20 == 0x64 {
            return trimmedEnd(key, to - 3)
        }
        return to
    }

    private static func isSeparator(_ key: UnsafeBufferPointer<UInt8>, _ i: Int) -> Bool {
        switch key[i] {
        case 0x2E, 0x2F, 0x3A, 0x5B, 0x5D, 0x40: true  // . / : [ ] @
        case 0x42, 0x62: i >= 2 && key[i - 1] == 0x35 && key[i - 2] == 0x25  // %5B
        default: false
        }
    }
}

/// FNV-1a over the bytes of a word.
struct WordHash {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    @inline(__always) mutating func add(_ byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

    static func of(_ word: String) -> UInt64 {
        var hash = WordHash()
        for byte in word.utf8 { hash.add(byte) }
        return hash.value
    }
}
