/// Payment card numbers: Luhn's check digit, an issuer's prefix with its lengths, and edges that ids do not have.
///
/// Source of the prefixes: ISO/IEC 7812 issuer ranges as published by the networks.
enum CardVerifier {
    /// Digits that may be a card's, and where they end.
    private struct Candidate {
        var digits = DigitString()
        var end = 0
    }

    /// The card number that begins at an offset, in one run or in groups with one kind of separator.
    static func match(_ text: Text, at start: Int) -> Range<Int>? {
        guard hasLeftEdge(text, start) else { return nil }
        let firstRun = text.end(of: .digits, from: start, limit: start + 20) - start
        guard let found = firstRun >= 12 ? plain(text, start, firstRun) : grouped(text, start, firstRun) else {
            return nil
        }
        guard hasRightEdge(text, found.end), isCard(found.digits) else { return nil }
        return start..<found.end
    }

    /// Whether the digits of a range, whatever stands between them, are a card number (for values of card keys).
    static func isCard(_ text: Text, in range: Range<Int>) -> Bool {
        range.count <= 48 && isCard(DigitString(text, range.lowerBound, range.count))
    }

    private static func plain(_ text: Text, _ start: Int, _ count: Int) -> Candidate? {
        guard count <= 19 else { return nil }
        // A negative number.
        if text[start - 1] == 0x2D, !text[start - 2].isAlphanumeric { return nil }
        // An account in an ARN: aws:iam::123456789012:role.
        if count == 12, text[start - 1] == 0x3A, text[start + count] == 0x3A { return nil }
        // The last group of a UUID.
        if count == 12, text[start - 1] == 0x2D, text[start - 2].hexValue != nil, text[start - 6] == 0x2D { return nil }
        return Candidate(digits: DigitString(text, start, count), end: start + count)
    }

    /// 4-4-4-4, 4-4-4-4-3, 4-6-5 and 4-6-4, with blanks, dashes or dots.
    private static func grouped(_ text: Text, _ start: Int, _ firstRun: Int) -> Candidate? {
        guard firstRun == 4 else { return nil }
        let separator = text[start + 4]
        guard separator == 0x20 || separator == 0x2D || separator == 0x2E else { return nil }
        // In the middle of a UUID or of a longer chain.
        if text[start - 1] == separator, separator != 0x20, text[start - 2].isAlphanumeric { return nil }
        var found = Candidate()
        var at = start
        var groups = 0  // their lengths, a decimal digit each
        while true {
            let end = text.end(of: .digits, from: at, limit: at + 7)
            guard end - at >= 3, end - at <= 6, groups < 10_000, found.digits.count + end - at <= 19 else { break }
            for i in at..<end { found.digits.append(Int(text[i] & 15)) }
            groups = groups * 10 + end - at
            found.end = end
            guard text[end] == separator, text[end + 1].isDigit else { break }
            at = end + 1
        }
        return groups == 4444 || groups == 465 || groups == 464 || groups == 44443 ? found : nil
    }

    private static func hasLeftEdge(_ text: Text, _ start: Int) -> Bool {
        let before = text[start - 1]
        if before == 0x2E || before == 0x5F { return !text[start - 2].isAlphanumeric }
        if before == 0x2D, text[start - 2] == 0x5F { return false }  // blk_-4500…: an id with a sign
        return text.hasLeftEdge(at: start)
    }

    private static func hasRightEdge(_ text: Text, _ end: Int) -> Bool {
        let after = text[end]
        if after.isAlphanumeric || after == 0x5F { return false }
        if after == 0x2E || after == 0x2D { return !text[end + 1].isAlphanumeric || text[end + 1].isUpper }
        return true
    }

    private static func isCard(_ digits: DigitString) -> Bool {
        guard digits.count >= 12, digits.count <= 19, isIssued(digits), digits.passesLuhn else { return false }
        return !digits.isOneRepeated
    }

    /// The first check that a number of 12 to 19 digits does not pass; nil: it passes all.
    static func refusal(of digits: DigitString) -> String? {
        guard isIssued(digits) else {
            return "no issuer has \(digits.count) digits that begin with \(digits.number(0..<4))"
        }
        if !digits.passesLuhn { return "Luhn's check digit is wrong" }
        return digits.isOneRepeated ? "all its digits are the same" : nil
    }

    private static func isIssued(_ digits: DigitString) -> Bool {
        let count = digits.count
        let six = digits.number(0..<6)
        let four = six / 100
        let three = six / 1000
        let two = six / 10000
        switch two {
        case 40...49: return count == 13 || count == 16 || count == 19
        case 51...55: return count == 16
        case 22...27: if (2221...2720).contains(four) || (2200...2204).contains(four) { return count == 16 }
        case 34, 37: return count == 15
        case 36, 38, 39: return count == 14 || count == 16
        case 30: if (300...305).contains(three) { return count == 14 }
        case 35: if (3528...3589).contains(four) { return count >= 16 }
        case 60: if four == 6011 { return count >= 16 }
        case 64: if three >= 644 { return count >= 16 }
        case 65: return count >= 16
        case 62: return count >= 16
        default: break
        }
        switch two {
        // Milliseconds and ticks since the year 1.
        case 63: return count != 14 && count != 18
        case 50, 56, 57, 58, 67: return true
        case 60, 81, 82: return count == 16
        default: return three == 508 && count == 16
        }
    }
}
