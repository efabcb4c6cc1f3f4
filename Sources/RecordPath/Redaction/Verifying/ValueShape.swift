/// Whether the value of a sensitive key looks like what the key promises.
enum ValueShape {
    /// Whether a value fits a rule's shape.
    static func fits(_ shape: KeyRule.Shape, _ text: Text, _ range: Range<Int>) -> Bool {
        let count = range.count
        switch shape {
        case .anything: return true
        case .long: return count >= 8
        case .made: return !ValueGuard.isConstant(text, range)
        case .otherThanUUID: return !range.contains { isUUID(text, $0) }
        case .opaque:
            return count >= 16 && !range.contains { ends(text[$0]) } && !isNumber(text, range) && !isWords(text, range)
                && !ValueGuard.isConstant(text, range)
        case .credential:
            return !ValueGuard.isConstant(text, range, orWord: true) && !ValueGuard.isMethod(text, range)
                && !isNamed(text, range)
                && !isDottedName(text, range) && !isIdentifier(text, range)
        case .cvv: return (3...4).contains(digits(text, range)) && count <= 4
        case .pin: return (4...8).contains(digits(text, range)) && digits(text, range) == count
        case .oneTimeCode: return count <= 64 && digits(text, range) >= 1 && lettersAndDigits(text, range) >= 4
        case .expiry: return (4...7).contains(count) && digits(text, range) >= 3
        case .cardNumber: return (8...19).contains(digits(text, range)) && count <= 40
        case .idNumber:
            return (4...34).contains(lettersAndDigits(text, range)) && digits(text, range) >= 3 && count <= 48
        case .phone: return (7...15).contains(digits(text, range)) && isTelephone(text, range)
        case .email: return range.contains { text[$0] == 0x40 } || text.hasEscapedAt(range)
        case .date: return digits(text, range) >= 4 && count <= 32
        }
    }

    /// `Auth-Failure`: no digit, and no more than one capital behind a small letter.
    static func isWord(_ text: Text, _ range: Range<Int>) -> Bool {
        if range.contains(where: { text[$0].isDigit }) { return false }
        return range.dropFirst().count { text[$0].isUpper && text[$0 - 1].isLower } < 2
    }

    /// What programs called `auth` print behind their name: `pam_unix(…)`, `10.0.0.1:2274`, `1/2`.
    private static func isNamed(_ text: Text, _ range: Range<Int>) -> Bool {
        range.contains { text[$0] == 0x28 } || !range.contains { text[$0].isLetter } && digits(text, range) < 16
    }

    /// Whether a value looks like a secret whatever its name: opaque, and no URL.
    static func isOpaque(_ text: Text, _ range: Range<Int>) -> Bool {
        fits(.opaque, Text(text.base, range.lowerBound, range.upperBound), range)
            && !range.contains { text.has("://", at: $0) }
    }

    /// What no session's id has inside.
    private static func ends(_ byte: UInt8) -> Bool { byte.isBlank || byte == 0x28 || byte == 0x29 }

    /// `PublicInternetAccess`, `AWSTrailCheck`, `authenticated_user`: letters alone, most of them small, and no word of two.
    private static func isWords(_ text: Text, _ range: Range<Int>) -> Bool {
        guard 5 * range.count(where: { text[$0].isLower }) >= 3 * range.count else { return false }
        return range.allSatisfy { i in
            guard text[i].isUpper else { return text[i].isLetter || text[i] == 0x5F || text[i] == 0x2D }
            return !text[i + 1].isLower || text[i + 2].isLower
        }
    }

    /// `perm_denied`: small letters with underscores between them.
    private static func isIdentifier(_ text: Text, _ range: Range<Int>) -> Bool {
        range.dropFirst().dropLast().contains { text[$0] == 0x5F }
            && range.allSatisfy { text[$0].isLower || text[$0] == 0x5F }
    }

    private static func isUUID(_ text: Text, _ start: Int) -> Bool {
        text[start + 8] == 0x2D && text[start + 13] == 0x2D && text[start + 18] == 0x2D && text[start + 23] == 0x2D
            && (start..<start + 36).allSatisfy { text[$0].hexValue != nil || text[$0] == 0x2D }
    }

    /// `891f38892b0e6bd6-d71409f32c496d13`, two numbers of 64 bits: the cookies of IKE.
    static func isPairOfNumbers(_ text: Text, _ range: Range<Int>) -> Bool {
        let middle = text.end(of: .hexDigits, from: range.lowerBound)
        return range.count == 33 && middle == range.lowerBound + 16
            && text.end(of: .hexDigits, from: middle + 1) == range.upperBound
    }

    /// `Management.Automation.PSCredential`, `ns1.example.com`: a type or a host.
    private static func isDottedName(_ text: Text, _ range: Range<Int>) -> Bool {
        guard let point = range.last(where: { text[$0] == 0x2E }), point > range.lowerBound else { return false }
        if range.allSatisfy({ text[$0].isLetter || text[$0] == 0x2E }) { return true }
        guard text.end(of: .dotted, from: range.lowerBound) >= range.upperBound else { return false }
        var label = WordHash()
        for i in point + 1..<range.upperBound { label.add(text[i].lowercased) }
        return TopLevelDomains.all.contains(label)
    }

    private static func digits(_ text: Text, _ range: Range<Int>) -> Int { range.count { text[$0].isDigit } }

    private static func lettersAndDigits(_ text: Text, _ range: Range<Int>) -> Int {
        range.count { text[$0].isAlphanumeric }
    }

    /// Digits and what people put between them, perhaps with a word such as `tel:` or an extension; no address of memory.
    private static func isTelephone(_ text: Text, _ range: Range<Int>) -> Bool {
        range.count <= 40 && range.count { text[$0].isLetter } <= 5
            && !text.has("0x", at: range.lowerBound, folding: true)
    }

    /// `0x14ede63a5a70002` of up to 64 bits, `30546173_4261722401`: what programs count with.
    static func isNumber(_ text: Text, _ range: Range<Int>) -> Bool {
        let start = range.lowerBound
        if text.has("0x", at: start, folding: true), range.count <= 18 {
            return text.end(of: .hexDigits, from: start + 2) >= range.upperBound
        }
        let underscores = range.count { text[$0] == 0x5F }
        return underscores > 0 && underscores + digits(text, range) == range.count
    }
}

extension Text {
    /// `%40` or `\u0040` in a range.
    fileprivate func hasEscapedAt(_ range: Range<Int>) -> Bool {
        range.contains { has("%40", at: $0) || has("u0040", at: $0) }
    }
}
