/// Secrets that are recognised by the words or marks around them.
enum ContextVerifier {
    /// What the form finds behind the literal at an offset.
    static func match(_ form: ProbeForm, _ text: Text, at: Int, literalCount: Int) -> Range<Int>? {
        let start = at + literalCount
        switch form {
        case .privateKey: return PrivateKeyVerifier.match(text, at: at)
        case .puttyKey: return PrivateKeyVerifier.putty(text, at: at)
        case .base64PrivateKey: return base64PrivateKey(text, at)
        case .phone: return PhoneVerifier.international(text, at: at)
        case .authorizationScheme: return bearer(text, start)
        case .basicScheme: return basic(text, start)
        case .queryParameter: return parameter(text, start)
        case .sasSignature: return signature(text, start)
        case .webhook: return webhook(text, at, start)
        case .sqlPassword: return sqlPassword(text, at, start)
        case .netrc: return netrc(text, at, start)
        case .curlUser: return command(text, at, start)
        case .contextWord: return ContextIdVerifier.match(text, at: at)
        default: return nil
        }
    }

    /// `123456789012345|secret`.
    static func appAccessToken(_ text: Text, at: Int) -> Range<Int>? {
        let bar = text.end(of: .digits, from: at, limit: at + 18)
        guard (15...17).contains(bar - at), text[bar] == 0x7C, text.hasLeftEdge(at: at) else { return nil }
        let end = text.end(of: .urlSafe, from: bar + 1)
        return (20...64).contains(end - bar - 1) && text.distinctBytes(in: bar + 1..<end, limit: 6) >= 6
            ? at..<end : nil
    }

    private static var token68: ByteSet { ByteSet.token68 }

    private static func bearer(_ text: Text, _ from: Int) -> Range<Int>? {
        let start = text.skippingBlanks(from: from, limit: from + 4)
        var end = text.end(of: token68, from: start)
        while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x3A { end -= 1 }
        let range = start..<end
        guard range.count >= 8, !TokenVerifier.isPlaceholder(text, range), !ValueGuard.isPlaceholder(text, range) else {
            return nil
        }
        // A word of prose has no digit; a `name="value"` parameter has no token before its quote.
        guard text[end] != 0x22 || text[end - 1] != 0x3D else { return nil }
        return range.count >= 28 || range.contains { text[$0].isDigit } || isMixed(text, range) ? range : nil
    }

    /// Capitals behind small letters, as in no word of prose.
    private static func isMixed(_ text: Text, _ range: Range<Int>) -> Bool {
        range.count >= 12 && range.dropFirst().count { text[$0].isUpper && text[$0 - 1].isLower } >= 2
    }

    /// Base64 of `user:password`.
    private static func basic(_ text: Text, _ from: Int) -> Range<Int>? {
        let start = text.skippingBlanks(from: from, limit: from + 4)
        let body = text.end(of: .base64, from: start, limit: start + 2048)
        let end = text.end(of: ByteSet(low: 1 << 0x3D, high: 0), from: body, limit: body + 2)
        guard end - start >= 8, isUserAndPassword(text, start, end) else { return nil }
        return start..<end
    }

    /// Decodes four characters at a time and wants printable bytes with a colon among them.
    private static func isUserAndPassword(_ text: Text, _ start: Int, _ end: Int) -> Bool {
        var bits: UInt32 = 0
        var have: UInt32 = 0
        var hasColon = false
        for i in start..<end where text[i] != 0x3D {
            guard let value = Unescaping.base64Value(text[i]) else { return false }
            bits = bits << 6 | UInt32(value)
            have += 6
            guard have >= 8 else { continue }
            have -= 8
            let byte = UInt8(truncatingIfNeeded: bits >> have)
            if byte < 0x20 || byte == 0x7F { return false }
            if byte == 0x3A { hasColon = true }
        }
        return hasColon
    }

    private static func base64PrivateKey(_ text: Text, _ at: Int) -> Range<Int>? {
        let end = text.end(of: .base64Any, from: at)
        // "PRIVATE KEY" at each of the three positions that base64 has for a text.
        let forms: [StaticString] = ["UFJJVkFURSBLRV", "BSSVZBVEUgS0VZ", "QUklWQVRFIEtFW"]
        let isPrivate = (at..<min(end, at + 80)).contains { i in forms.contains { text.has($0, at: i) } }
        return isPrivate ? at..<end : nil
    }

    private static func parameter(_ text: Text, _ start: Int) -> Range<Int>? {
        guard let value = KeyedValue.read(text, from: start), !value.isQuoted, value.range.lowerBound == start else {
            return nil
        }
        let range = value.range
        guard range.count >= 8, !ValueGuard.isPlaceholder(text, range) else { return nil }
        let digits = range.count { text[$0].isDigit }
        guard digits >= 1 || range.count >= 20, digits < range.count, text.distinctBytes(in: range, limit: 6) >= 6
        else { return nil }
        return range
    }

    /// `sig=` of a shared access URL: another of its parameters stands in the same URL.
    private static func signature(_ text: Text, _ start: Int) -> Range<Int>? {
        let end = text.end(of: .base64Escaped, from: start)
        guard end - start >= 30 else { return nil }
        let window = max(text.lower, start - 512)..<min(text.upper - 3, end + 512)
        let isShared = window.contains { i in
            (text[i - 1] == 0x26 || text[i - 1] == 0x3F)
                && (text.has("sv=", at: i) || text.has("se=", at: i) || text.has("sr=", at: i)
                    || text.has("sp=", at: i))
        }
        return isShared ? start..<end : nil
    }

    private static func webhook(_ text: Text, _ at: Int, _ start: Int) -> Range<Int>? {
        let set = ByteSet.urlPath
        var end = text.end(of: set, from: start)
        while end > start, text[end - 1] == 0x2E || text[end - 1] == 0x3A { end -= 1 }
        guard end - start >= 20, text.distinctBytes(in: start..<end, limit: 8) >= 8 else { return nil }
        if text.has("/api/webhooks/", at: at) {
            let host = text.start(of: .dotted, before: at, reach: 40)
            guard (host..<at).contains(where: { text.has("discord", at: $0) }) else { return nil }
        }
        return start..<end
    }

    private static func sqlPassword(_ text: Text, _ at: Int, _ from: Int) -> Range<Int>? {
        var from = from
        if text.has("for ", at: from - 4, folding: true) {  // SET PASSWORD FOR 'bob'@'%' = …; else it is prose
            guard let sign = text.first(0x3D, from: from, limit: from + 80) else { return nil }
            from = sign + 1
        }
        if text[from - 1] == 0x27 {  // the literal ends in the quote
            guard let close = text.first(0x27, from: from, limit: from + 256), close > from else { return nil }
            return guarded(text, from..<close)
        }
        var start = text.skippingBlanks(from: from, limit: from + 4)
        if text[start] == 0x3D { start = text.skippingBlanks(from: start + 1, limit: start + 4) }
        if text.has("password", at: start, folding: true) {
            start = text.skippingBlanks(from: start + 8, limit: start + 12)
            if text[start] == 0x28 { start += 1 }
        }
        guard text[start] == 0x27 || text[start] == 0x22, let value = KeyedValue.read(text, from: start) else {
            return nil
        }
        return guarded(text, value.range)
    }

    private static func guarded(_ text: Text, _ range: Range<Int>) -> Range<Int>? {
        range.isEmpty || ValueGuard.isPlaceholder(text, range) || ValueGuard.isHarmlessWord(text, range, inProse: false)
            ? nil : range
    }

    private static func netrc(_ text: Text, _ at: Int, _ start: Int) -> Range<Int>? {
        var name = at
        while name > max(text.lower, at - 80), text[name - 1] != 0x20 { name -= 1 }
        guard text.has("login ", at: name - 6), let value = KeyedValue.read(text, from: start) else { return nil }
        return guarded(text, value.range)
    }

    private static func command(_ text: Text, _ at: Int, _ start: Int) -> Range<Int>? {
        let window = max(text.lower, at - 256)..<at
        guard let value = KeyedValue.read(text, from: start) else { return nil }
        if text[at + 2] == 0x70 {  // -p
            let isLogin = window.contains { text.has(" login", at: $0) }
            return isLogin ? guarded(text, value.range) : nil
        }
        let isClient = window.contains { i in
            text.has("curl", at: i) || text.has("wget", at: i) || text.has("http", at: i) || text.has("--user", at: i)
                || text.has("mysql", at: i)
        }
        guard isClient, let colon = text.first(0x3A, from: value.range.lowerBound, limit: value.range.upperBound) else {
            guard text.has(" --user ", at: at) else { return nil }
            guard let colon = text.first(0x3A, from: value.range.lowerBound, limit: value.range.upperBound) else {
                return nil
            }
            return guarded(text, colon + 1..<value.range.upperBound)
        }
        return guarded(text, colon + 1..<value.range.upperBound)
    }
}
