internal import CScan

/// Addresses of the `network` group: IPv4, IPv6 and MAC.
enum NetworkVerifier {
    /// The IPv4 address whose first dot is at an offset; private, loopback, link-local and documentation ones stay.
    static func ipv4(_ text: Text, firstDot dot: Int) -> Range<Int>? {
        guard dot >= text.lower, dot < text.upper else { return nil }
        var start = 0
        let count = martlet_public_ipv4(text.base + text.lower, text.upper - text.lower, dot - text.lower, &start)
        guard count > 0, !isVersion(text, text.lower + start) else { return nil }
        return text.lower + start..<text.lower + start + count
    }

    /// `amd64~~6.1.1.2`, `version 8.1.2.3`, `release: 5.4.3.2`.
    private static func isVersion(_ text: Text, _ start: Int) -> Bool {
        if text[start - 1] == 0x7E { return true }
        let gap = ByteSet.quotesAndBlank.union(ByteSet(low: 0x2400_4000_0000_0000, high: 0))  // . : =
        let end = text.start(of: gap, before: start, reach: 3)
        guard end < start, text[end - 1].isLetter else { return false }
        let word = text.start(of: .word, before: end, reach: 12)
        var hash = WordHash()
        for i in word..<end { hash.add(text[i].lowercased) }
        return versionWords.contains(hash)
    }

    private static let versionWords = WordSet("version ver release rev revision build firmware section chapter")

    /// The IPv6 address around the colon at an offset (RFC 4291 text form, at least three groups or `::`).
    static func ipv6(_ text: Text, firstColon colon: Int) -> Range<Int>? {
        let set = addressSet
        var start = text.start(of: set, before: colon, reach: 41)
        // The colon of `peer:2a01:…`, and a key of one hexadecimal letter before a whole address.
        if text[start] == 0x3A, text[start + 1] != 0x3A { start += 1 }
        if text[start + 1] == 0x3A, text[start].isLetter, text[start + 2] != 0x3A, colonCount(text, start) > 7 {
            start += 2
        }
        guard text.hasLeftEdge(at: start), text[start - 1] != 0x5F, !text.isBehindPoint(start) else { return nil }
        var end = text.end(of: set, from: colon, limit: start + 60)
        guard !text[end].isAlphanumeric, text[end] != 0x5F, end - start <= 45 else { return nil }
        while end > start, text[end - 1] == 0x3A, text[end - 2] != 0x3A { end -= 1 }
        return isIPv6(text, start, end) ? start..<end : nil
    }

    /// Hexadecimal digits and colons.
    static var addressSet: ByteSet { ByteSet.hexDigits.union(ByteSet(low: 0x0400_0000_0000_0000, high: 0)) }

    private static func colonCount(_ text: Text, _ start: Int) -> Int {
        let end = text.end(of: addressSet, from: start, limit: start + 48)
        return (start..<end).count { text[$0] == 0x3A }
    }

    private static func isIPv6(_ text: Text, _ start: Int, _ end: Int) -> Bool {
        var groups = 0
        var gaps = 0
        var at = start
        var letters = 0
        while at < end {
            let groupEnd = text.end(of: .hexDigits, from: at, limit: min(end, at + 5))
            guard groupEnd - at <= 4 else { return false }
            if groupEnd > at { groups += 1 }
            letters += (at..<groupEnd).count { text[$0].isLetter }
            guard groupEnd < end else { break }
            if text[groupEnd + 1] == 0x3A, groupEnd + 1 < end {
                gaps += 1
                at = groupEnd + 2
            } else {
                guard groupEnd > at else { return false }
                at = groupEnd + 1
            }
        }
        guard gaps <= 1 else { return false }
        if gaps == 0 { return groups == 8 }
        // `::1`, `fe80::` and `::` alone are of the host; a name such as `std::a` has no digit.
        return groups >= 2 && groups <= 7 && !text.has("fe80", at: start, folding: true) && (letters > 0 || groups >= 3)
    }

    /// A MAC address of six pairs whose first separator is at an offset, or of three groups of four.
    static func mac(_ text: Text, firstSeparator at: Int) -> Range<Int>? {
        if text[at] == 0x2E { return ciscoMac(text, at) }
        let separator = text[at]
        let start = at - 2
        guard start >= text.lower, text.hasLeftEdge(at: start) else { return nil }
        // A seventh pair before it makes it a fingerprint; a key's name does not.
        let isChain = text[start - 1] == separator && text[start - 2].hexValue != nil && text[start - 3].hexValue != nil
        guard !isChain else { return nil }
        for i in 0..<6 {
            guard text[start + 3 * i].hexValue != nil, text[start + 3 * i + 1].hexValue != nil else { return nil }
            if i < 5, text[start + 3 * i + 2] != separator { return nil }
        }
        let end = start + 17
        guard !text[end].isAlphanumeric, text[end] != separator, text.distinctBytes(in: start..<end, limit: 3) >= 3
        else { return nil }
        return start..<end
    }

    private static func ciscoMac(_ text: Text, _ dot: Int) -> Range<Int>? {
        let start = dot - 4
        guard start >= text.lower, text.hasLeftEdge(at: start), text[start - 1] != 0x2E, text[dot + 5] == 0x2E else {
            return nil
        }
        let groups = [start, start + 5, start + 10]
        guard groups.allSatisfy({ group in (0..<4).allSatisfy { text[group + $0].hexValue != nil } }) else {
            return nil
        }
        let end = start + 14
        let isLast = !text[end].isAlphanumeric && (text[end] != 0x2E || !text[end + 1].isAlphanumeric)
        guard isLast, (start..<end).contains(where: { text[$0].isLetter }) else { return nil }
        return start..<end
    }
}
