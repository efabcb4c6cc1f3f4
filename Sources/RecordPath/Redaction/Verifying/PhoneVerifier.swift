/// Telephone numbers in international form, and the North American form where it is switched on.
enum PhoneVerifier {
    /// `+`, a country code of the ITU's list, 8 to 15 digits, single separators between them.
    static func international(_ text: Text, at plus: Int) -> Range<Int>? {
        guard text.hasLeftEdge(at: plus), !isTimer(text, plus) else { return nil }
        var digits = 0
        var code = 0
        var at = plus + 1
        var best: Int?
        var open = 0
        while digits < 16 {
            if text[at].isDigit {
                if digits < 3 { code = code * 10 + Int(text[at] & 15) }
                digits += 1
                at += 1
                continue
            }
            // What follows behind a gap may be something else: the longest number that can be one counts.
            if isComplete(digits, code), hasRightEdge(text, at) { best = at }
            if digits > 6, text[at] == 0x28 || text[at + 1] == 0x28 { break }
            guard let width = separatorWidth(text, at, open: &open) else { break }
            at += width
        }
        return best.map { plus..<$0 }
    }

    /// `10/0/30/+69`: the last of numbers between slashes, which a proxy writes of what is not over yet.
    ///
    /// In `+493090182/+493090183` no slash stands before the first number.
    private static func isTimer(_ text: Text, _ plus: Int) -> Bool {
        guard text[plus - 1] == 0x2F else { return false }
        var start = text.start(of: .digits, before: plus - 1, reach: 12)
        guard start < plus - 1 else { return false }
        if text[start - 1] == 0x2D { start -= 1 }
        return text[start - 1] == 0x2F
    }

    private static func isComplete(_ digits: Int, _ code: Int) -> Bool {
        digits >= 8 && digits <= 15 && countryLength(code)?.contains(digits) == true
    }

    private static func hasRightEdge(_ text: Text, _ end: Int) -> Bool {
        !text[end].isAlphanumeric && text[end] != 0x5F
    }

    /// `(NXX) NXX-XXXX` or `NXX-NXX-XXXX`, from its first digit.
    static func northAmerican(_ text: Text, at start: Int) -> Range<Int>? {
        guard text[start] >= 0x32, text[start + 1].isDigit, text[start + 2].isDigit, text[start].isDigit,
            text.hasLeftEdge(at: start), text[start - 1] != 0x2D
        else { return nil }
        var at = start + 3
        let isBracketed = text[start - 1] == 0x28 && text[at] == 0x29
        if isBracketed { at += 1 }
        let gap = text[at]
        if gap == 0x20 || gap == 0x2D || (gap == 0x2E && !isBracketed) { at += 1 } else if !isBracketed { return nil }
        guard text[at] >= 0x32, text[at] <= 0x39, text.end(of: .digits, from: at) == at + 3 else { return nil }
        let second = text[at + 3]
        guard second == 0x2D || second == 0x2E || second == 0x20, isBracketed || second == gap else { return nil }
        let end = text.end(of: .digits, from: at + 4)
        guard end == at + 8, !text[end].isAlphanumeric, text[end] != 0x2D else { return nil }
        return (isBracketed ? start - 1 : start)..<end
    }

    /// The width of what may stand between two digits: one of ` -./`, a bracket with a blank, an encoded blank.
    private static func separatorWidth(_ text: Text, _ at: Int, open: inout Int) -> Int? {
        switch text[at] {
        case 0x20, 0x2D, 0x2E:
            if text[at + 1].isDigit { return 1 }
            if text.has("(0)", at: at + 1) { return text[at + 4] == 0x20 ? 5 : 4 }
            return text[at + 1] == 0x28 && text[at + 2].isDigit ? bracket(&open, 2) : nil
        case 0x28 where text.has("(0)", at: at): return text[at + 3] == 0x20 ? 4 : 3  // dialled only at home
        case 0x28: return text[at + 1].isDigit ? bracket(&open, 1) : nil
        case 0x29:
            guard open == 1 else { return nil }
            open = 2
            if text[at + 1].isDigit { return 1 }
            return (text[at + 1] == 0x20 || text[at + 1] == 0x2D) && text[at + 2].isDigit ? 2 : nil
        case 0xC2: return text[at + 1] == 0xA0 && text[at + 2].isDigit ? 2 : nil
        default: return nil
        }
    }

    private static func bracket(_ open: inout Int, _ width: Int) -> Int? {
        guard open == 0 else { return nil }
        open = 1
        return width
    }

    /// How many digits, country code included, a number that begins with these three digits has.
    private static func countryLength(_ code: Int) -> ClosedRange<Int>? {
        let two = code / 10
        switch two / 10 {
        case 1: return 11...11
        case 7: return 11...11
        default: break
        }
        if let length = twoDigitCodes[two] { return length }
        return threeDigitCodes.contains { $0.contains(code) } ? 9...15 : nil
    }

    /// Source: ITU-T E.164 assignments and the national numbering plans.
    private static let twoDigitCodes: [Int: ClosedRange<Int>] = [
        20: 10...12, 27: 11...11, 30: 12...12, 31: 11...11, 32: 10...12, 33: 11...11, 34: 11...11, 36: 10...11,
        39: 8...13,
        40: 11...11, 41: 11...11, 43: 8...15, 44: 11...12, 45: 10...10, 46: 9...12, 47: 10...10, 48: 11...11,
        49: 8...15,
        51: 10...11, 52: 12...13, 53: 10...12, 54: 12...13, 55: 12...13, 56: 11...11, 57: 12...12, 58: 12...12,
        60: 10...12,
        61: 11...11, 62: 10...14, 63: 11...12, 64: 10...12, 65: 10...10, 66: 10...11, 81: 11...12, 82: 10...12,
        84: 11...12,
        86: 11...13, 90: 12...12, 91: 12...12, 92: 11...12, 93: 11...11, 94: 11...11, 95: 9...12, 98: 11...12,
    ]

    private static let threeDigitCodes: [ClosedRange<Int>] = [
        211...213, 216...216, 218...218, 220...269, 290...291, 297...299, 350...359, 370...387, 389...389, 420...421,
        423...423, 500...509, 590...599, 670...670, 672...692, 800...800, 808...808, 850...850, 852...853, 855...856,
        870...870, 880...883, 886...886, 888...888, 960...968, 970...977, 979...979, 992...998,
    ]
}
