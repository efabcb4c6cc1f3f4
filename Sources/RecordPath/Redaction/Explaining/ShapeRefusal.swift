/// Why digits, addresses and the like are not what a detector finds, although they look like it.
enum ShapeRefusal {
    /// The detector that something beginning at (for `@`: around) an offset is loosely like, its range, and the first
    /// check that fails; nil in the end: all are passed.
    static func at(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        let byte = text[at]
        if byte == 0x40 { return email(text, at) }
        if byte == 0x2B { return phone(text, at) }
        guard !text[at - 1].isAlphanumeric || text.hasLeftEdge(at: at) else { return nil }
        if byte.isDigit { return ssn(text, at) ?? address(text, at) ?? card(text, at) }
        return byte.isUpper ? iban(text, at) : nil
    }

    // MARK: E-mail

    private static func email(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        let start = text.start(of: ByteSet.urlSafe.union(ByteSet(".+%")), before: at, reach: 64)
        let end = text.end(of: ByteSet.urlSafe.union(ByteSet(".:")), from: at + 1, limit: at + 254)
        guard start < at, end > at + 1 else { return nil }
        let range = start..<end
        if EmailVerifier.match(text, at: at) != nil { return ("email", range, nil) }
        if text[start - 1] == 0x2F { return ("email", range, "it is a user of a machine in a URL") }
        if text.has("git", at: at - 3), start == at - 3 { return ("email", range, "it names a repository") }
        if text.has("***", at: at - 3) { return ("email", range, "it is masked already") }
        guard let dot = (at..<end).last(where: { text[$0] == 0x2E }) else {
            return ("email", range, "no dot stands behind the @")
        }
        let last = string(text, dot + 1..<text.end(of: .urlSafe, from: dot + 1))
        return ("email", range, last.isEmpty ? "its domain is none" : "\(last) is no top-level domain")
    }

    // MARK: Numbers

    private static func card(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        guard !text[at - 1].isDigit else { return nil }
        var digits = DigitString()
        var end = at
        var i = at
        while digits.count < 20, text[i].isDigit || (isGap(text[i]) && text[i + 1].isDigit && end - at < 24) {
            if text[i].isDigit {
                digits.append(Int(text[i] & 15))
                end = i + 1
            }
            i += 1
        }
        guard (12...19).contains(digits.count) else { return nil }
        if CardVerifier.match(text, at: at)?.upperBound == end { return ("card", at..<end, nil) }
        if let reason = CardVerifier.refusal(of: digits) { return ("card", at..<end, reason) }
        return ("card", at..<end, "its groups, or what stands beside it, are not those of a card")
    }

    private static func isGap(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x2D || byte == 0x2E }

    private static func ssn(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        let form: StaticString = "ddd-dd-dddd"
        let fits = (0..<11).allSatisfy {
            form.utf8Start[$0] == 0x64 ? text[at + $0].isDigit : text[at + $0] == form.utf8Start[$0]
        }
        guard fits else { return nil }
        if AccountVerifier.ssn(text, at: at) != nil { return ("us-ssn", at..<at + 11, nil) }
        if text[at + 11].isDigit || text[at - 1] == 0x2D || text[at - 1] == 0x2E {
            return ("us-ssn", at..<at + 11, "it is a part of something longer")
        }
        return ("us-ssn", at..<at + 11, "its area, group or serial was never issued")
    }

    private static func address(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        var end = at
        for part in 0..<4 {
            let next = text.end(of: .digits, from: end, limit: end + 4)
            guard next > end, next - end <= 3, part == 3 || text[next] == 0x2E else { return nil }
            end = part == 3 ? next : next + 1
        }
        guard !text[end].isAlphanumeric else { return nil }
        let dot = text.end(of: .digits, from: at)
        if NetworkVerifier.ipv4(text, firstDot: dot) != nil { return ("ipv4", at..<end, nil) }
        return ("ipv4", at..<end, "it is a private or reserved address, a version, or a part of something longer")
    }

    private static func iban(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        guard text[at + 1].isUpper, text[at + 2].isDigit, text[at + 3].isDigit else { return nil }
        let end = text.end(of: ByteSet.upper.union(.digits).union(ByteSet(" ")), from: at, limit: at + 42)
        let count = (at..<end).count { text[$0].isAlphanumeric }
        guard count >= 15 else { return nil }
        if AccountVerifier.iban(text, at: at) != nil { return ("iban", at..<end, nil) }
        let country = string(text, at..<at + 2)
        guard let length = AccountVerifier.ibanLength(text[at], text[at + 1]) else {
            return ("iban", at..<end, "\(country) has no IBANs")
        }
        let reason =
            count < length ? "\(country) has \(length) characters, not \(count)" : "the remainder of mod 97 is not 1"
        return ("iban", at..<end, reason)
    }

    private static func phone(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        guard text[at + 1].isDigit else { return nil }
        let end = text.end(of: ByteSet("0123456789 ()-."), from: at + 1, limit: at + 32)
        let digits = (at..<end).count { text[$0].isDigit }
        guard digits >= 4 else { return nil }
        if PhoneVerifier.international(text, at: at) != nil { return ("phone", at..<end, nil) }
        if !text.hasLeftEdge(at: at) { return ("phone", at..<end, "it stands inside a longer word") }
        if digits < 8 { return ("phone", at..<end, "\(digits) digits are too few") }
        return ("phone", at..<end, "no country's numbers begin so and have that many digits")
    }

    private static func string(_ text: Text, _ range: Range<Int>) -> String {
        String(decoding: UnsafeBufferPointer(start: text.base + range.lowerBound, count: range.count), as: UTF8.self)
    }
}
