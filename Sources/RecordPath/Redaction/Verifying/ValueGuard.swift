/// Values that are no secrets: empty ones, variables to be filled in, words that speak about a secret, and what a
/// redactor has been over before.
enum ValueGuard {
    /// `${X}`, `$X`, `{{ x }}`, `<x>`, `%s`, `xxxx`, `...`, `***`, `[REDACTED…`, and our own tags.
    static func isPlaceholder(_ text: Text, _ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        let count = range.count
        guard count > 0 else { return true }
        switch text[start] {
        case 0x24: return isVariable(text, range)
        case 0x7B: return isTemplate(text, range, close: 0x7D)
        case 0x3C: return isTemplate(text, range, close: 0x3E)
        case 0x40: return isTemplate(text, range, close: 0x40)
        case 0x25 where text[start + 1] == 0x25: return range.dropFirst(2).allSatisfy { text[$0].isDigit }  // %%1843
        case 0x25: return count <= 3 || (text[range.upperBound - 1] == 0x25 && !text[start + 1].isDigit)
        case 0x5B: return isTag(text, start)
        case 0x2A: return isRepeated(text, start..<min(range.upperBound, start + 3))
        default: break
        }
        if isRepeated(text, range) { return count >= 3 && !text[start].isDigit }
        return text.has("xxxx", at: start, folding: true) && isRepeated(text, start..<min(range.upperBound, start + 8))
            || text.has("redacted", at: start, folding: true) || text.has("filtered", at: start, folding: true)
            || hasMask(text, range) || isObject(text, range)
    }

    /// `android.os.BinderProxy@2bd79ce`, `Token{a64f992`: what is printed of an object that has no text.
    private static func isObject(_ text: Text, _ range: Range<Int>) -> Bool {
        let digits = text.start(of: .hexDigits, before: range.upperBound, reach: 9)
        guard (4...8).contains(range.upperBound - digits), digits - range.lowerBound > 4 else { return false }
        let name = range.lowerBound..<digits - 1
        switch text[digits - 1] {
        case 0x40:
            guard text.end(of: .dotted, from: name.lowerBound) >= name.upperBound else { return false }
            let last = name.reversed().first { text[$0] == 0x2E } ?? name.lowerBound
            return text[last + 1].isUpper && name.count { text[$0] == 0x2E } >= 2
        case 0x7B:
            return text[name.lowerBound].isUpper && name.allSatisfy { text[$0].isLetter }
        default: return false
        }
    }

    /// A tag that we (or another redactor) wrote: `[REDACTED:email]`, `[email:k1:9f2c1a7b0c3d4e5f]`, `[FILTERED]`.
    static func isTag(_ text: Text, _ open: Int) -> Bool {
        guard text[open] == 0x5B else { return false }
        if text.has("redacted", at: open + 1, folding: true) || text.has("filtered", at: open + 1, folding: true)
            || text.has("masked", at: open + 1, folding: true)
        {
            return true
        }
        return isDigest(text, open)
    }

    /// `[email:k1:9f2c1a7b0c3d4e5f]`.
    private static func isDigest(_ text: Text, _ open: Int) -> Bool {
        let nameEnd = text.end(of: .urlSafe, from: open + 1, limit: open + 48)
        guard nameEnd > open + 1, text[nameEnd] == 0x3A else { return false }
        let keyEnd = text.end(of: .alphanumerics, from: nameEnd + 1, limit: nameEnd + 18)
        guard keyEnd > nameEnd + 1, text[keyEnd] == 0x3A else { return false }
        let digestEnd = text.end(of: .hexDigits, from: keyEnd + 1, limit: keyEnd + 18)
        return digestEnd == keyEnd + 17 && text[digestEnd] == 0x5D
    }

    /// The tag of ours, brackets and all, that an offset lies in; nil where it lies in none.
    static func tag(around offset: Int, in text: Text) -> Range<Int>? {
        let open = text[offset] == 0x5B ? offset : text.start(of: .elementNames, before: offset, reach: 80) - 1
        guard text.has("[REDACTED:", at: open) || (text[open] == 0x5B && isDigest(text, open)) else { return nil }
        let close = text.end(of: .elementNames, from: open + 1, limit: open + 80)
        return text[close] == 0x5D && close >= offset ? open..<close + 1 : nil
    }

    /// `{name}`, `{{ name }}`, `<your name>`, `@NAME@`: a name in brackets and nothing else.
    private static func isTemplate(_ text: Text, _ range: Range<Int>, close: UInt8) -> Bool {
        guard range.count > 2, range.count <= 64, text[range.upperBound - 1] == close else { return false }
        return range.dropFirst().dropLast().allSatisfy { ByteSet.templateNames.contains(text[$0]) }
    }

    /// `$NAME`, `${NAME}`, `$(command)`; but not `$2b$10$…` and not a password that begins with a dollar sign.
    private static func isVariable(_ text: Text, _ range: Range<Int>) -> Bool {
        let next = text[range.lowerBound + 1]
        if next == 0x7B || next == 0x28 { return true }
        guard next.isUpper || next == 0x5F else { return false }
        return text.end(of: .word, from: range.lowerBound + 1) >= range.upperBound
    }

    /// Four asterisks or more anywhere: `****1111`, `b***@example.com`.
    private static func hasMask(_ text: Text, _ range: Range<Int>) -> Bool {
        var run = 0
        for i in range.lowerBound..<min(range.upperBound, range.lowerBound + 64) {
            run = text[i] == 0x2A ? run + 1 : 0
            if run == 4 { return true }
        }
        return false
    }

    private static func isRepeated(_ text: Text, _ range: Range<Int>) -> Bool {
        range.dropFirst().allSatisfy { text[$0] == text[range.lowerBound] }
    }

    /// Values that say there is none, or name a scheme; and, where prose is read, words that speak about a secret.
    static func isHarmlessWord(_ text: Text, _ range: Range<Int>, inProse: Bool) -> Bool {
        guard range.count <= 16 else { return false }
        var hash = WordHash()
        for i in range { hash.add(text[i].lowercased) }
        return emptyWords.contains(hash) || (inProse && proseWords.contains(hash))
    }

    /// `/etc/ssl/x.key`, `~/.ssh/id_rsa`, `C:\Users\x`: where a secret is kept.
    static func isPath(_ text: Text, _ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        switch text[start] {
        case 0x7E where text[start + 1] == 0x2F: break
        case 0x2F:
            // Base64 begins with a slash at times.
            let end = text.end(of: .dotted, from: start + 1)
            guard end > start + 2, text[end] == 0x2F, (start + 1..<end).allSatisfy({ text[$0].isLower }) else {
                return false
            }
        default: return text[start].isUpper && text[start + 1] == 0x3A && text[start + 2] == 0x5C
        }
        return range.dropFirst().allSatisfy { text[$0] == 0x2F || ByteSet.dotted.contains(text[$0]) }
    }

    /// `NOT_SET`, and `VPN` where a word may be one: the name of a constant in a program.
    static func isConstant(_ text: Text, _ range: Range<Int>, orWord: Bool = false) -> Bool {
        let isShort = orWord && range.count <= 12
        guard range.count <= 48,
            range.allSatisfy({ text[$0].isUpper || text[$0] == 0x5F || (isShort && text[$0] == 0x2D) })
        else { return false }
        return isShort || range.dropFirst().dropLast().contains { text[$0] == 0x5F }
    }

    /// What stands right behind a colon in the names of permissions and packages: `api_keys:write`, `base-passwd:amd64`.
    static func isPartOfName(_ text: Text, _ range: Range<Int>) -> Bool {
        guard range.count <= 8 else { return false }
        var hash = WordHash()
        for i in range { hash.add(text[i]) }
        return partsOfNames.contains(hash)
    }

    private static let partsOfNames = WordSet(
        "read write create delete update list get manage edit revoke rotate amd64 arm64 armhf i386"
    )

    /// Names of ways to authenticate.
    static func isMethod(_ text: Text, _ range: Range<Int>) -> Bool {
        guard range.count <= 24 else { return false }
        var hash = WordHash()
        for i in range { hash.add(text[i].lowercased) }
        return methods.contains(hash)
    }

    private static let methods = WordSet(
        """
        simple kerberos gssapi sspi ntlm plain login anonymous external token md5 cram-md5 digest-md5 scram-sha-1 scram-sha-256
        scram-sha-512 xoauth2 oauthbearer publickey keyboard-interactive hostbased password webauthn mtls tls x509 cert
        certificate jwt apikey api_key trust peer ident radius pam local proxy session cookie eap-tls eap-ttls eap-mschapv2 peap
        sha1 sha256 sha384 sha512 hmac_sha256 hmac-sha256
        """
    )

    /// Numbers of one or two digits, and -1 and its like, which say that there is none.
    static func isSmallNumber(_ text: Text, _ range: Range<Int>) -> Bool {
        let digits = text[range.lowerBound] == 0x2D ? range.dropFirst() : range
        return (1...2).contains(digits.count) && digits.allSatisfy { text[$0].isDigit }
    }

    /// `S-1-5-21-3623811015-3361044348-30300820-1013`: who somebody is to Windows, under names such as `TargetSid`; and the
    /// UUID of zeros, which stands for none.
    static func isSecurityIdentifier(_ text: Text, _ range: Range<Int>) -> Bool {
        let start = text[range.lowerBound] == 0x7B ? range.lowerBound + 1 : range.lowerBound
        if text.has("00000000-0000", at: start) {
            return (start..<range.upperBound).allSatisfy { text[$0] == 0x30 || text[$0] == 0x2D || text[$0] == 0x7D }
        }
        return text[start] == 0x53 && text[start + 1] == 0x2D && text[start + 2].isDigit && text[start + 3] == 0x2D
            && range.dropFirst(4).allSatisfy { text[$0].isAlphanumeric || text[$0] == 0x2D }
    }

    private static let emptyWords = WordSet(
        "null nil none undefined unknown true false yes no on off t f y n n/a empty required optional bearer basic digest negotiate ldap oauth oauth2 oidc saml"
    )

    private static let proseWords = WordSet(
        """
        na default missing invalid valid expired incorrect wrong bad failed failure error ok success
        set unset not changed unchanged enabled disabled present absent provided token apikey jwt jwks kerberos ntlm mtls
        tls session cookie password string int integer number bool boolean object array text secret redacted hidden masked
        filtered removed encrypted hashed is was has are the a an and or for with from in of to must should cannot can't
        could will user users username login your their this that when while if length rotation manager policy validation
        authentication authorization accepted rejected denied refused granted allowed forbidden unauthorized revoked
        refreshed generated created updated deleted verified unverified issued used unused anonymous guest public internal
        external local system auto always never enter please check reset mismatch matches match does doesn't doesnt don't
        unexpected flag option argument parameter field header value found using use by as at it its be been no-op skip skipped pending received sent stored saved loaded
        """
    )
}
