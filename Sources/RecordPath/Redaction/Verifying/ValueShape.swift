/// Whether the value of a sensitive key looks like what the key promises.
enum ValueShape {
    /// Whether a value fits a rule's shape.
    static func fits(_ shape: KeyRule.Shape, _ text: Text, _ range: Range<Int>) -> Bool {
        let count = range.count
        switch shape {
        case .anything: return true
        case .long: return count >= 8
        case .opaque: return count >= 16 && !range.contains { text[$0].isBlank } && !isNumber(text, range)
        case .credential: return !ValueGuard.isMethod(text, range) && !isNamed(text, range)
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
    private static func isNumber(_ text: Text, _ range: Range<Int>) -> Bool {
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
