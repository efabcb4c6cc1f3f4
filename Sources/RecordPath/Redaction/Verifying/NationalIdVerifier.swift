/// National ids that stand out in text by their form and carry a check digit: nothing without its check passes.
enum NationalIdVerifier {
    /// The kinds, in the order of `names`.
    static let names = [
        "br-cpf", "br-cnpj", "ch-ahv", "kr-rrn", "fi-hetu", "es-dni", "fr-nir", "it-codice-fiscale", "mx-curp",
        "cn-resident-id",
    ]

    enum Kind: Int {
        case cpf, cnpj, ahv, rrn, hetu, dni, nir, fiscale, curp, residentID
    }

    /// What begins at an offset, if anything does.
    static func match(_ text: Text, at start: Int) -> (Range<Int>, Kind)? {
        guard text.hasLeftEdge(at: start) else { return nil }
        let before = text[start - 1]
        guard !text.isBehindPoint(start) && before != 0x5F && (before != 0x2D || !text[start - 2].isAlphanumeric) else {
            return nil
        }
        guard let kind = kind(text, start) else { return nil }
        let end = start + length(of: kind, text, start)
        guard end <= text.upper, hasRightEdge(text, end), isValid(kind, text, start, end - start) else { return nil }
        return (start..<end, kind)
    }

    private static func hasRightEdge(_ text: Text, _ end: Int) -> Bool {
        let after = text[end]
        if after.isAlphanumeric || after == 0x5F { return false }
        return !(after == 0x2D || after == 0x2E) || !text[end + 1].isAlphanumeric
    }

    /// The one kind that the form allows.
    private static func kind(_ text: Text, _ start: Int) -> Kind? {
        guard text[start].isDigit else {
            switch text.end(of: .upper, from: start, limit: start + 7) - start {
            case 1: return .dni
            case 4: return .curp
            case 6: return .fiscale
            default: return nil
            }
        }
        let run = text.end(of: .digits, from: start, limit: start + 20) - start
        switch (run, text[start + run]) {
        case (3, 0x2E): return text[start + 7] == 0x2E ? .cpf : .ahv
        case (2, 0x2E): return .cnpj
        case (6, 0x2D): return text[start + 11].isDigit ? .rrn : .hetu
        case (6, _): return .hetu
        case (8, _): return .dni
        case (1, 0x20), (15, _): return .nir
        case (17, _), (18, _): return .residentID
        default: return nil
        }
    }

    private static func length(of kind: Kind, _ text: Text, _ start: Int) -> Int {
        switch kind {
        case .cpf, .rrn: return 14
        case .cnpj, .curp, .residentID: return 18
        case .ahv, .fiscale: return 16
        case .hetu: return 11
        case .nir: return text[start + 1] == 0x20 ? 21 : 15
        case .dni:
            if text[start].isDigit { return text[start + 8] == 0x2D ? 10 : 9 }
            return 9 + (text[start + 1] == 0x2D ? 1 : 0) + (text[start + 9] == 0x2D ? 1 : 0)
        }
    }

    private static func isValid(_ kind: Kind, _ text: Text, _ start: Int, _ length: Int) -> Bool {
        switch kind {
        case .cpf: matches(text, start, "ddd.ddd.ddd-dd") && isCPF(digits(text, start, length))
        case .cnpj: matches(text, start, "dd.ddd.ddd/dddd-dd") && isCNPJ(digits(text, start, length))
        case .ahv: matches(text, start, "756.dddd.dddd.dd") && isEAN(digits(text, start, length))
        case .rrn: matches(text, start, "dddddd-ddddddd") && isRRN(digits(text, start, length))
        case .hetu: isHetu(text, start)
        case .dni: isDNI(text, start, length)
        case .nir: (length == 15 || matches(text, start, "d dd dd dd ddd ddd dd")) && isNIR(digits(text, start, length))
        case .fiscale: isFiscale(text, start)
        case .curp: isCURP(text, start)
        case .residentID: isResidentID(text, start)
        }
    }

    /// `d` stands for a digit, all else for itself.
    private static func matches(_ text: Text, _ start: Int, _ form: StaticString) -> Bool {
        (0..<form.utf8CodeUnitCount).allSatisfy { i in
            let wanted = form.utf8Start[i]
            return wanted == 0x64 ? text[start + i].isDigit : text[start + i] == wanted
        }
    }

    private static func digits(_ text: Text, _ start: Int, _ length: Int) -> DigitString {
        DigitString(text, start, length)
    }

    private static func isCPF(_ d: DigitString) -> Bool {
        guard d.count == 11, !d.isOneRepeated else { return false }
        return d[9] == d.weighted("A98765432") * 10 % 11 % 10 && d[10] == d.weighted("BA98765432") * 10 % 11 % 10
    }

    private static func isCNPJ(_ d: DigitString) -> Bool {
        guard d.count == 14, !d.isOneRepeated else { return false }
        let first = d.weighted("543298765432") % 11
        let second = d.weighted("6543298765432") % 11
        return d[12] == (first < 2 ? 0 : 11 - first) && d[13] == (second < 2 ? 0 : 11 - second)
    }

    private static func isEAN(_ d: DigitString) -> Bool {
        d.count == 13 && d[12] == (10 - d.weighted("131313131313") % 10) % 10
    }

    /// Numbers given since October 2020 have no check digit; the date and the first digit behind the dash remain.
    private static func isRRN(_ d: DigitString) -> Bool {
        d.count == 13 && isDate(month: d[2] * 10 + d[3], day: d[4] * 10 + d[5]) && (1...8).contains(d[6])
    }

    private static func isHetu(_ text: Text, _ start: Int) -> Bool {
        guard (0..<6).allSatisfy({ text[start + $0].isDigit }), (7..<10).allSatisfy({ text[start + $0].isDigit }) else {
            return false
        }
        guard "-ABCDEFUVWXY".utf8.contains(text[start + 6]) else { return false }
        let date = digits(text, start, 6)
        guard isDate(month: date.number(2..<4), day: date.number(0..<2)) else { return false }
        let number = date.number(0..<6) * 1000 + digits(text, start + 7, 3).number(0..<3)
        let letters: StaticString = "0123456789ABCDEFHJKLMNPRSTUVWXY"
        return text[start + 10] == letters.utf8Start[number % 31]
    }

    private static func isDNI(_ text: Text, _ start: Int, _ length: Int) -> Bool {
        let first = text[start]
        var number = 0
        if !first.isDigit {
            guard first >= 0x58, first <= 0x5A else { return false }
            number = Int(first - 0x58)
        }
        let d = digits(text, start, length)
        guard d.count == (first.isDigit ? 8 : 7), !d.isOneRepeated else { return false }
        let end = start + length - 1
        let isForm = (start + 1..<end).allSatisfy { text[$0].isDigit || text[$0] == 0x2D }
        number = number * 10_000_000 + d.number(0..<d.count)
        let letters: StaticString = "TRWAGMYFPDXBNJZSQVHLCKE"
        return isForm && text[end] == letters.utf8Start[number % 23]
    }

    private static func isNIR(_ d: DigitString) -> Bool {
        guard d.count == 15, d[0] == 1 || d[0] == 2, (1...12).contains(d[3] * 10 + d[4]) || d[3] * 10 + d[4] >= 20
        else { return false }
        let number = d.number(0..<13)
        return d[13] * 10 + d[14] == 97 - number % 97
    }

    private static func isResidentID(_ text: Text, _ start: Int) -> Bool {
        let d = digits(text, start, 17)
        guard d.count == 17, (11...91).contains(d[0] * 10 + d[1]) else { return false }
        let year = d[6] * 1000 + d[7] * 100 + d[8] * 10 + d[9]
        guard (1900...2099).contains(year), isDate(month: d[10] * 10 + d[11], day: d[12] * 10 + d[13]) else {
            return false
        }
        let sum = d.weighted("79A584216379A5842")
        let letters: StaticString = "10X98765432"
        return text[start + 17] == letters.utf8Start[sum % 11]
    }

    private static func isFiscale(_ text: Text, _ start: Int) -> Bool {
        for i in 0..<15 {
            let wantsDigit = i == 6 || i == 7 || i == 9 || i == 10 || (12...14).contains(i)
            guard wantsDigit ? text[start + i].isDigit : text[start + i].isUpper else { return false }
        }
        let odd: StaticString = "BAFHJNPRTVCESULDGIMOQKWZYX"  // values 1, 0, 5, 7, … as letters from A = 0
        var sum = 0
        for i in 0..<15 {
            let byte = text[start + i]
            let value = byte.isDigit ? Int(byte & 15) : Int(byte) - 65
            sum += i & 1 == 0 ? Int(odd.utf8Start[value]) - 65 : value
        }
        return text[start + 15] == UInt8(65 + sum % 26)
    }

    private static func isCURP(_ text: Text, _ start: Int) -> Bool {
        guard (4..<10).allSatisfy({ text[start + $0].isDigit }), (11..<16).allSatisfy({ text[start + $0].isUpper })
        else { return false }
        guard text[start + 10] == 0x48 || text[start + 10] == 0x4D || text[start + 10] == 0x58, text[start + 17].isDigit
        else { return false }
        let d = digits(text, start + 4, 6)
        guard isDate(month: d[2] * 10 + d[3], day: d[4] * 10 + d[5]) else { return false }
        var sum = 0
        for i in 0..<17 {
            let byte = text[start + i]
            // The alphabet has Ñ between N and O.
            guard byte.isDigit || byte.isUpper else { return false }
            let value = byte.isDigit ? Int(byte & 15) : Int(byte) - 55 + (byte > 0x4E ? 1 : 0)
            sum += value * (18 - i)
        }
        return Int(text[start + 17] & 15) == (10 - sum % 10) % 10
    }

    private static func isDate(month: Int, day: Int) -> Bool { (1...12).contains(month) && (1...31).contains(day) }
}
