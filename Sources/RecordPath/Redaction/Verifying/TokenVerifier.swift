/// Tokens with a known literal and known characters around it.
enum TokenVerifier {
    /// How a token's end is found and what else it must have.
    struct Rules: OptionSet, Sendable {
        let rawValue: UInt8
        /// The length is fixed: more characters of the last class behind it mean it is something else.
        ///
        /// Without this a longer run is taken whole, because formats grow.
        static let exact = Rules(rawValue: 1)
        /// Only where a word such as `key`, `token` or the vendor's name stands shortly before.
        static let inContext = Rules(rawValue: 2)
        /// Few different characters are no sign of a placeholder (digits, short tokens).
        static let plain = Rules(rawValue: 4)
        /// The characters before the literal belong to the token.
        static let lookBack = Rules(rawValue: 8)
        /// Only the part behind the literal goes: the literal is a name, not a part of the secret.
        static let keepsLiteral = Rules(rawValue: 16)
    }

    /// The token whose literal of `literalCount` bytes stands at an offset.
    ///
    /// With `.lookBack` the first element is what stands before the literal.
    static func match(
        _ text: Text,
        at: Int,
        literalCount: Int,
        elements: UnsafeBufferPointer<TokenPattern.Element>,
        rules: Rules
    ) -> Range<Int>? {
        var start = at
        var remaining = elements[...]
        if rules.contains(.lookBack), let before = remaining.popFirst() {
            start = text.start(of: before.set, before: at, reach: min(before.most, 256))
            let hasEdge = text.hasLeftEdge(at: start) || before.most == .max || text.has("bot", at: start - 3)
            guard at - start >= before.least, hasEdge else { return nil }
        }
        let bodyStart = at + literalCount
        guard let end = bodyEnd(text, from: bodyStart, elements: remaining, rules: rules) else { return nil }
        if rules.contains(.inContext), !hasContext(text, before: start) { return nil }
        return (rules.contains(.keepsLiteral) ? bodyStart : start)..<end
    }

    private static let runLimit = 1024

    /// The end of the body.
    ///
    /// The first bytes of its last run are judged before that is followed to its end, so that a line of nothing but
    /// literals costs no more than its length; other runs are followed for `runLimit` bytes at most.
    private static func bodyEnd(
        _ text: Text,
        from bodyStart: Int,
        elements: Slice<UnsafeBufferPointer<TokenPattern.Element>>,
        rules: Rules
    ) -> Int? {
        var end = bodyStart
        var last = ByteSet(low: 0, high: 0)
        var left = elements.count
        for element in elements {
            left -= 1
            let reach = min(element.most, left == 0 ? max(element.least, 64) : runLimit)
            let next = text.end(of: element.set, from: end, limit: end + reach)
            guard next - end >= element.least else { return nil }
            // Where the padding of base64 is absent, what may be longer is the run before it.
            if next > end || last.isEmpty { last = element.set }
            end = next
        }
        if !rules.contains(.plain), isPlaceholder(text, bodyStart..<end) { return nil }
        guard rules.contains(.exact) else { return text.end(of: last, from: end) }
        return last.contains(text[end]) || text[end].isAlphanumeric ? nil : end
    }

    /// Few different characters, or one of the fillers of documentation.
    static func isPlaceholder(_ text: Text, _ range: Range<Int>) -> Bool {
        if text.distinctBytes(in: range, limit: 6) < 6 || isWords(text, range) { return true }
        let tail = range.upperBound - 7
        if tail >= range.lowerBound, text.has("EXAMPLE", at: tail) { return true }
        var i = range.lowerBound
        while i + 4 <= range.upperBound {
            if text[i] | 0x20 == 0x78 || text[i] == 0x2E, text[i + 1] == text[i], text[i + 2] == text[i],
                text[i + 3] == text[i]
            {
                return true
            }
            i += 1
        }
        return false
    }

    /// `your-token-here`: small letters and what joins words, no digit.
    private static func isWords(_ text: Text, _ range: Range<Int>) -> Bool {
        var hasJoint = false
        for i in range.prefix(64) {
            let byte = text[i]
            if byte == 0x2D || byte == 0x5F { hasJoint = true } else if !byte.isLower { return false }
        }
        return hasJoint
    }

    /// Whether the 48 bytes before speak of a key, a token, a secret, a bot, or something of the kind.
    static func hasContext(_ text: Text, before start: Int) -> Bool {
        var i = max(text.lower, start - 48)
        while i < start {
            switch text[i] | 0x20 {
            case 0x6B: if text.has("key", at: i, folding: true) { return true }
            case 0x74: if text.has("token", at: i, folding: true) { return true }
            case 0x73:
                if text.has("secret", at: i, folding: true) || text.has("ssws", at: i, folding: true) { return true }
            case 0x61:
                if text.has("auth", at: i, folding: true) || text.has("api", at: i, folding: true) { return true }
            case 0x62:
                if text.has("bot", at: i, folding: true) || text.has("bearer", at: i, folding: true) { return true }
            case 0x63: if text.has("cred", at: i, folding: true) { return true }
            case 0x70: if text.has("passw", at: i, folding: true) { return true }
            case 0x76: if text.has("vault", at: i, folding: true) { return true }
            case 0x64: if text.has("discord", at: i, folding: true) { return true }
            case 0x6F: if text.has("openai", at: i, folding: true) { return true }
            default: break
            }
            i += 1
        }
        return false
    }
}
