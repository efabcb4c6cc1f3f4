/// Ids that are plain numbers: only where a word shortly before says what they are, and where the check digits, if
/// the kind has any, agree.
enum ContextIdVerifier {
    /// How far behind the word the number may begin.
    private static let reach = 30

    /// One kind: the words and what its number must be.
    private struct Kind {
        var words: [String]
        var isValid: @Sendable (DigitString) -> Bool
    }

    private static let kinds: [Kind] = [
        Kind(words: ["aadhaar", "aadhar"]) { $0.count == 12 && $0[0] >= 2 && passesVerhoeff($0) },
        Kind(words: ["pesel"]) { $0.count == 11 && (10 - $0.weighted("1379137913") % 10) % 10 == $0[10] },
        Kind(words: ["nhs number", "nhs no", "nhs:"]) {
            $0.count == 10 && (11 - $0.weighted("A98765432") % 11) % 11 == $0[9]
        },
        Kind(words: ["ssn", "social security"]) { $0.count == 9 && isSSN($0) },
        Kind(words: ["bsn", "burgerservicenummer"]) { $0.count == 9 && ($0.weighted("98765432") - $0[8]) % 11 == 0 },
        Kind(words: ["social insurance", "canadian sin"]) { $0.count == 9 && $0.passesLuhn },
        Kind(words: ["tax file number", "tfn"]) { $0.count == 9 && $0.weighted("14375869A") % 11 == 0 },
        Kind(words: ["personnummer", "personal number"]) { ($0.count == 10 || $0.count == 12) && swedish($0) },
        Kind(words: ["cpf"]) { $0.count == 11 && $0[9] == $0.weighted("A98765432") * 10 % 11 % 10 },
        Kind(words: ["steuer-id", "steuerid", "steueridentifikationsnummer", "steuer-identifikationsnummer"]) {
            $0.count == 11 && $0[0] != 0
        },
        Kind(words: ["imei"]) { $0.count == 15 && $0.passesLuhn },
        Kind(words: ["tc kimlik", "tckn"]) { $0.count == 11 && $0[0] != 0 && turkish($0) },
        Kind(words: ["fødselsnummer", "fodselsnummer"]) { $0.count == 11 },
        Kind(words: ["medicare"]) { $0.count == 10 || $0.count == 11 },
        Kind(words: [
            "phone number", "phone no", "mobile number", "call me at", "call me on", "my number is", "phone is",
            "telephone number",
        ]) { (7...15).contains($0.count) },
        Kind(words: ["account number", "account no", "routing number"]) { (8...17).contains($0.count) },
        Kind(words: ["passport no", "passport number"]) { (7...9).contains($0.count) },
        Kind(words: ["cvv is", "cvc is", "security code is"]) { (3...4).contains($0.count) },
        Kind(words: ["pin is", "otp is", "verification code is", "one-time code is", "your code is", "passcode is"]) {
            (4...8).contains($0.count)
        },
    ]

    /// Anchors for the kernel, and for UK and other ids with letters.
    static let words: [String] = kinds.flatMap(\.words) + letteredWords
    private static let letteredWords = ["national insurance", "nino "]

    /// The number behind the word at an offset.
    static func match(_ text: Text, at: Int) -> Range<Int>? {
        if letteredWords.contains(where: { has(text, $0, at) }) { return nino(text, at) }
        guard let kind = kinds.first(where: { $0.words.contains { has(text, $0, at) } }) else { return nil }
        guard let start = (at..<min(text.upper, at + 24 + reach)).first(where: { text[$0].isDigit }) else { return nil }
        var digits = DigitString()
        var end = start
        var i = start
        while i < text.upper, digits.count < 20 {
            if text[i].isDigit {
                digits.append(Int(text[i] & 15))
                i += 1
                end = i
            } else if text[i] == 0x20 || text[i] == 0x2D || text[i] == 0x2E || text[i] == 0x2F, text[i + 1].isDigit {
                i += 1
            } else {
                break
            }
        }
        guard !text[end].isAlphanumeric, text.hasLeftEdge(at: start), kind.isValid(digits) else { return nil }
        return start..<end
    }

    private static func has(_ text: Text, _ word: String, _ at: Int) -> Bool {
        guard text.upper - at >= word.utf8.count else { return false }
        // Behind `ssn`, but not behind `ssnap`.
        return !text[at + word.utf8.count].isLower && zip(word.utf8, at...).allSatisfy { text[$1].lowercased == $0 }
    }

    /// `AB 12 34 56 C`.
    private static func nino(_ text: Text, _ at: Int) -> Range<Int>? {
        for start in at + 4..<min(text.upper, at + 24 + reach) where text.hasLeftEdge(at: start) {
            guard text[start].isUpper, text[start + 1].isUpper else { continue }
            var i = start + 2
            var digits = 0
            while digits < 6, text[i].isDigit || (text[i] == 0x20 && text[i + 1].isDigit) {
                digits += text[i].isDigit ? 1 : 0
                i += 1
            }
            if text[i] == 0x20 { i += 1 }
            if digits == 6, text[i] >= 0x41, text[i] <= 0x44, !text[i + 1].isAlphanumeric { return start..<i + 1 }
        }
        return nil
    }

    private static func isSSN(_ d: DigitString) -> Bool {
        let area = d.number(0..<3)
        return area != 0 && area != 666 && d.number(3..<5) != 0 && d.number(5..<9) != 0
    }

    private static func turkish(_ d: DigitString) -> Bool {
        let odd = d[0] + d[2] + d[4] + d[6] + d[8]
        let even = d[1] + d[3] + d[5] + d[7]
        return (odd * 7 - even + 100) % 10 == d[9] && (odd + even + d[9]) % 10 == d[10]
    }

    private static func swedish(_ d: DigitString) -> Bool {
        var last = DigitString()
        for i in d.count - 10..<d.count { last.append(d[i]) }
        return last.passesLuhn
    }

    private static func passesVerhoeff(_ d: DigitString) -> Bool {
        let product: StaticString =
            "0123456789123406789523401789563401289567401239567859876043216598710432765982104387659321049876543210"
        let shift: StaticString = "01234567891576283094580379614289160435279453126870428657390127938064157046913258"
        var check = 0
        for i in 0..<d.count {
            let permuted = Int(shift.utf8Start[(i & 7) * 10 + d.fromEnd(i)] & 15)
            check = Int(product.utf8Start[check * 10 + permuted] & 15)
        }
        return check == 0
    }
}
