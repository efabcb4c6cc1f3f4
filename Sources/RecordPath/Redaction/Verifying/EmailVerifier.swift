/// E-mail addresses around an `@`: RFC 5321's dot-atoms in the letters that logs hold, and a registered domain.
enum EmailVerifier {
    /// Letters of a local part.
    ///
    /// Narrower than the RFC, because `=`, `/` and quotes end words of logs.
    private static var localSet: ByteSet { ByteSet.word.union(ByteSet(low: 0x0000_68A0_0000_0000, high: 0)) }
    private static var labelSet: ByteSet { ByteSet.alphanumerics.union(ByteSet(low: 0x0000_2000_0000_0000, high: 0)) }

    /// The address around the `@` at an offset.
    static func match(_ text: Text, at: Int) -> Range<Int>? {
        guard let start = localStart(text, at), let end = domainEnd(text, at + 1) else { return nil }
        if text.has("git", at: at - 3), start == at - 3, text[end] == 0x3A { return nil }  // git@host:path
        // ssh://user@host, but not https://bob@example.com@host
        if text[start - 1] == 0x2F, text[start - 2] == 0x2F, text[start - 3] == 0x3A, text[end] != 0x40 { return nil }
        if text[start - 1] == 0x40, text[start - 2].isAlphanumeric { return nil }  // system@framework@boot.art
        if text.has("***", at: at - 3) { return nil }  // masked before
        return start..<end
    }

    private static func localStart(_ text: Text, _ at: Int) -> Int? {
        var start = text.start(of: localSet, before: at, reach: 64)
        if let percent = lastEscape(text, start, at) { start = percent + 3 }
        // The letter of `\n` before an address belongs to the escape.
        if text[start - 1] == 0x5C, start < at, Unescaping.isLetterOfEscape(text[start]) { start += 1 }
        while start < at, !text[start].isAlphanumeric, text[start] != 0x5F { start += 1 }
        guard start < at else { return nil }
        let last = text[at - 1]
        guard last != 0x2E, !hasDoubleDot(text, start, at) else { return nil }
        return start
    }

    private static func lastEscape(_ text: Text, _ start: Int, _ end: Int) -> Int? {
        var i = end - 3
        while i >= start {
            if text[i] == 0x25, text[i + 1].hexValue != nil, text[i + 2].hexValue != nil { return i }
            i -= 1
        }
        return nil
    }

    private static func hasDoubleDot(_ text: Text, _ start: Int, _ end: Int) -> Bool {
        var i = start + 1
        while i < end {
            if text[i] == 0x2E, text[i - 1] == 0x2E { return true }
            i += 1
        }
        return false
    }

    /// The end of the longest domain that ends in a top-level domain and has a dot.
    private static func domainEnd(_ text: Text, _ start: Int) -> Int? {
        var labelStart = start
        var best: Int?
        while true {
            let labelEnd = text.end(of: labelSet, from: labelStart, limit: min(labelStart + 64, start + 254))
            let count = labelEnd - labelStart
            guard count >= 1, count <= 63, text[labelStart] != 0x2D, text[labelEnd - 1] != 0x2D else { break }
            if labelStart > start, isTopLevel(text, labelStart, labelEnd) { best = labelEnd }
            guard text[labelEnd] == 0x2E, labelEnd - start < 253 else { break }
            labelStart = labelEnd + 1
        }
        return best
    }

    private static func isTopLevel(_ text: Text, _ start: Int, _ end: Int) -> Bool {
        guard end - start >= 2, text[end] != 0x5F else { return false }
        if text.has("xn--", at: start, folding: true) { return end - start > 4 }
        var hash = WordHash()
        for i in start..<end { hash.add(text[i].lowercased) }
        return TopLevelDomains.all.contains(hash)
    }
}
