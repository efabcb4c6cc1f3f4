/// The values of `Authorization` and `Cookie`: what of them is secret.
enum HeaderValue {
    /// The credentials behind the scheme; the whole value where there is none.
    static func credentials(_ value: Text) -> Range<Int>? {
        let start = value.skippingBlanks(from: value.lower)
        let wordEnd = value.end(of: .urlSafe, from: start, limit: start + 32)
        var from = start
        if value[wordEnd].isBlank, isScheme(value, start..<wordEnd) { from = value.skippingBlanks(from: wordEnd) }
        if value.has("bearer%20", at: start, folding: true) || value.has("basic%20", at: start, folding: true) {
            from = (value.first(0x25, from: start) ?? start) + 3
        }
        var end = value.upper
        while end > from, value[end - 1].isBlank { end -= 1 }
        let range = from..<end
        guard !range.isEmpty, !ValueGuard.isPlaceholder(value, range), !ValueGuard.isConstant(value, range) else {
            return nil
        }
        // `Bearer` alone, `Bearer token`: nothing to hide.
        return ValueGuard.isHarmlessWord(value, range, inProse: true) ? nil : range
    }

    /// Where the value of an `Authorization` header in text ends: behind the token, or, for schemes with parameters,
    /// at the line's end or the quote around the header.
    static func authorizationEnd(_ text: Text, from start: Int) -> Int {
        let wordEnd = text.end(of: .urlSafe, from: start, limit: start + 32)
        guard text[wordEnd] == 0x20, isScheme(text, start..<wordEnd) else {
            let end = KeyedValue.read(text, from: start)?.range.upperBound ?? start
            // A scheme that nobody has registered, and what looks like a token behind it.
            guard end == wordEnd, text[wordEnd] == 0x20, let next = KeyedValue.read(text, from: wordEnd) else {
                return end
            }
            let isToken = next.range.count >= 12 && next.range.contains { text[$0].isDigit }
            return isToken && !next.range.contains { text[$0] == 0x3D } ? next.range.upperBound : end
        }
        if hasParameters(text, start..<wordEnd) { return parametersEnd(text, from: wordEnd) }
        let token = text.skippingBlanks(from: wordEnd, limit: wordEnd + 4)
        return KeyedValue.read(text, from: token)?.range.upperBound ?? wordEnd
    }

    private static func parametersEnd(_ text: Text, from start: Int) -> Int {
        var isQuoted = false
        var at = start
        while at < text.upper {
            switch text[at] {
            case 0x0A, 0x0D: return at
            case 0x22:
                if !isQuoted, text[at - 1] != 0x3D { return at }
                isQuoted.toggle()
            case 0x27: if !isQuoted { return at }
            default: break
            }
            at += 1
        }
        return at
    }

    private static func isScheme(_ text: Text, _ range: Range<Int>) -> Bool {
        let schemes: [StaticString] = [
            "bearer", "basic", "digest", "token", "apikey", "ssws", "negotiate", "aws4-hmac-sha256", "hawk", "oauth",
            "ntlm",
            "signature", "jwt", "key", "hmac", "splunk", "genie", "bot", "dpop", "mutual", "sharedkey", "gssapi", "pat",
            "x-api-key", "api-key", "snowflake", "sharedaccesssignature",
        ]
        return schemes.contains {
            range.count == $0.utf8CodeUnitCount && text.has($0, at: range.lowerBound, folding: true)
        }
    }

    private static func hasParameters(_ text: Text, _ range: Range<Int>) -> Bool {
        let schemes: [StaticString] = [
            "digest", "aws4-hmac-sha256", "hawk", "oauth", "signature", "hmac", "sharedaccesssignature",
        ]
        return schemes.contains {
            range.count == $0.utf8CodeUnitCount && text.has($0, at: range.lowerBound, folding: true)
        }
    }

    /// A cookie's value without its name: one token, perhaps of base64.
    static func isNameless(_ text: Text, _ range: Range<Int>) -> Bool {
        guard text.end(of: .token68, from: range.lowerBound) >= range.upperBound else { return false }
        if let sign = text.first(0x3D, from: range.lowerBound) {
            guard range.count % 4 == 0, (sign..<range.upperBound).allSatisfy({ text[$0] == 0x3D }) else { return false }
        }
        return ValueShape.fits(.opaque, text, range) && !ValueShape.isPairOfNumbers(text, range)
    }

    /// The value of the next cookie that is not known to be harmless; `at` moves behind it.
    static func nextCookie(_ text: Text, from at: inout Int) -> Range<Int>? {
        while at < text.upper {
            let nameStart = text.end(of: .cookieGaps, from: at)
            var i = nameStart
            while i < text.upper, text[i] != 0x3D, text[i] != 0x3B { i += 1 }
            guard i < text.upper else {
                at = text.upper
                return nil
            }
            guard text[i] == 0x3D else {
                at = i + 1
                continue
            }
            let valueStart = i + 1
            let valueEnd = text.first(0x3B, from: valueStart) ?? text.upper
            at = valueEnd
            var range = valueStart..<valueEnd
            while !range.isEmpty, text[range.upperBound - 1].isBlank { range = range.lowerBound..<range.upperBound - 1 }
            let isKept = isHarmlessCookie(text, nameStart..<i) || range.isEmpty || ValueGuard.isPlaceholder(text, range)
            if !isKept { return range }
        }
        return nil
    }

    /// Attributes of `Set-Cookie`, and cookies that only hold a choice.
    private static func isHarmlessCookie(_ text: Text, _ name: Range<Int>) -> Bool {
        let names: [StaticString] = [
            "path", "domain", "expires", "max-age", "samesite", "priority", "version", "theme", "lang", "locale",
            "language",
            "consent", "cookie_consent", "cookieconsent", "_ga", "_gid", "timezone", "tz", "currency", "color_scheme",
        ]
        return names.contains { name.count == $0.utf8CodeUnitCount && text.has($0, at: name.lowerBound, folding: true) }
    }
}
