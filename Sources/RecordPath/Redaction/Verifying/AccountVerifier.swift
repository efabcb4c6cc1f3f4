/// Bank account and tax numbers with dashes: IBAN, US SSN and ITIN.
enum AccountVerifier {
    /// An IBAN that begins at an offset: the country's length and the remainder 1 of ISO 7064 mod 97-10.
    static func iban(_ text: Text, at start: Int) -> Range<Int>? {
        guard text.hasLeftEdge(at: start), text[start + 2].isDigit, text[start + 3].isDigit else { return nil }
        guard let length = ibanLength(text[start], text[start + 1]) else { return nil }
        var remainder = 0
        var count = 0
        var at = start
        var head = 0  // the country and check digits, which go to the end
        while count < length {
            let byte = text[at]
            if byte.isDigit || byte.isUpper {
                let value = byte.isDigit ? Int(byte & 15) : Int(byte) - 55
                if count < 4 {
                    head = byte.isDigit ? head * 10 + value : head * 100 + value
                } else {
                    remainder = (byte.isDigit ? remainder * 10 + value : remainder * 100 + value) % 97
                }
                count += 1
                at += 1
            } else if count >= 4, let width = gapWidth(text, at) {
                at += width
            } else {
                return nil
            }
        }
        guard !text[at].isAlphanumeric, (remainder * 1_000_000 + head) % 97 == 1 else { return nil }
        return start..<at
    }

    /// A US social security number or ITIN with dashes; with blanks only where the words before say what it is.
    static func ssn(_ text: Text, at start: Int) -> Range<Int>? {
        let separator = text[start + 3]
        guard separator == 0x2D || separator == 0x20 else { return nil }
        for i in 0..<11 where i != 3 && i != 6 && !text[start + i].isDigit { return nil }
        guard text[start + 6] == separator, text.hasLeftEdge(at: start) else { return nil }
        let before = text[start - 1]
        guard before != 0x2D, !text.isBehindPoint(start), !text[start + 11].isAlphanumeric, text[start + 11] != 0x2D
        else {
            return nil
        }
        if text[start + 11] == 0x2E, text[start + 12].isDigit { return nil }
        if separator == 0x20, !isSpokenOf(text, before: start) { return nil }
        let area = number(text, start, 3)
        let group = number(text, start + 4, 2)
        let serial = number(text, start + 7, 4)
        guard isSSN(area: area, group: group, serial: serial) || isITIN(area: area, group: group) else { return nil }
        return start..<start + 11
    }

    private static func isSSN(area: Int, group: Int, serial: Int) -> Bool {
        guard area != 0, area != 666, area < 900, group != 0, serial != 0 else { return false }
        // Printed in advertisements and never issued again.
        return !(area == 78 && group == 5 && serial == 1120) && !(area == 219 && group == 9 && serial == 9999)
    }

    private static func isITIN(area: Int, group: Int) -> Bool {
        guard area >= 900 else { return false }
        return (50...65).contains(group) || (70...88).contains(group) || (90...92).contains(group)
            || (94...99).contains(group)
    }

    private static func isSpokenOf(_ text: Text, before start: Int) -> Bool {
        (max(text.lower, start - 40)..<start).contains { at in
            text.has("ssn", at: at, folding: true) || text.has("social", at: at, folding: true)
                || text.has("itin", at: at, folding: true)
        }
    }

    private static func number(_ text: Text, _ at: Int, _ count: Int) -> Int {
        (at..<at + count).reduce(0) { $0 * 10 + Int(text[$1] & 15) }
    }

    /// A blank, a no-break blank or a dash between groups.
    private static func gapWidth(_ text: Text, _ at: Int) -> Int? {
        if text[at] == 0x20 || text[at] == 0x2D { return 1 }
        return text[at] == 0xC2 && text[at + 1] == 0xA0 ? 2 : nil
    }

    /// How many characters a country's IBANs have.
    static func ibanLength(_ first: UInt8, _ second: UInt8) -> Int? {
        ibanLengths[Int(first) << 8 | Int(second)]
    }

    /// Source: SWIFT IBAN registry.
    private static let ibanLengths: [Int: Int] = {
        let rows = """
            AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 \
            ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 \
            LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 \
            PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 \
            YE30
            """
        var lengths: [Int: Int] = [:]
        for row in rows.split(separator: " ") {
            let bytes = Array(row.utf8)
            lengths[Int(bytes[0]) << 8 | Int(bytes[1])] = Int(bytes[2] & 15) * 10 + Int(bytes[3] & 15)
        }
        return lengths
    }()
}
