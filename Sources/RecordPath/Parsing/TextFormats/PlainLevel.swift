/// Finds a level that stands plainly in text: ` ERROR `, `[error]`, `error:` at the start.
///
/// Only near the start, only words that mean nothing else, and in prose only in capitals: a level is never guessed.
enum PlainLevel {
    /// How far into the text a level is looked for.
    static let maxBytes = 96

    /// Puts the first level of a part of the line into the table.
    static func find(_ context: TextContext, in range: Range<Int>, _ table: inout TextFieldTable) {
        let base = context.line
        let end = min(range.upperBound, range.lowerBound + maxBytes)
        if findAtStart(base, range, &table) { return }
        var index = range.lowerBound
        while index < end {
            index = skipUninteresting(base, index, end)
            guard index < end else { return }
            if base[index] == 0x5B {
                if findInBrackets(base, index, range.upperBound, &table) { return }
                index += 1
            } else {
                let start = index
                while index < range.upperBound, ASCII.isUpper(base[index]) { index += 1 }
                if isApart(base, start, index, range), add(base, start, index, &table) { return }
                while index < end, ASCII.isAlphanumeric(base[index]) { index += 1 }
            }
        }
    }

    /// The level of a word that means nothing else in prose; `none` for all others.
    static func level(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Level {
        let word = base + start
        switch end - start {
        case 3:
            // INF and the like are zerolog's and Serilog's
            let isShort =
                ASCII.equal(word, 3, ignoringCase: "err") || ASCII.equal(word, 3, ignoringCase: "wrn")
                || ASCII.equal(word, 3, ignoringCase: "inf") || ASCII.equal(word, 3, ignoringCase: "dbg")
                || ASCII.equal(word, 3, ignoringCase: "ftl") || ASCII.equal(word, 3, ignoringCase: "trc")
            return isShort ? LevelName.named(word, 3) : .none
        case 4...11: break
        default: return .none
        }
        let found = LevelName.named(word, end - start)
        switch word[0] | 0x20 {
        // log, http, ok, note, system, success, audit, fine, config and the like are words, too
        case 0x6C, 0x68, 0x6F, 0x73: return ASCII.equal(word, end - start, ignoringCase: "severe") ? found : .none
        case 0x6E: return ASCII.equal(word, end - start, ignoringCase: "notice") ? found : .none
        case 0x66: return ASCII.equal(word, end - start, ignoringCase: "fatal") ? found : .none
        case 0x61: return ASCII.equal(word, end - start, ignoringCase: "alert") ? found : .none
        case 0x63:
            let isLevel =
                ASCII.equal(word, end - start, ignoringCase: "critical")
                || ASCII.equal(word, end - start, ignoringCase: "crit")
            return isLevel ? found : .none
        default: return found
        }
    }

    /// `error: …`, `Warning: …` at the very start.
    private static func findAtStart(
        _ base: UnsafePointer<UInt8>,
        _ range: Range<Int>,
        _ table: inout TextFieldTable
    ) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound, index - range.lowerBound < 12, ASCII.isLetter(base[index]) { index += 1 }
        guard index < range.upperBound, base[index] == 0x3A, index + 1 == range.upperBound || base[index + 1] <= 0x20
        else { return false }
        return add(base, range.lowerBound, index, &table)
    }

    private static func findInBrackets(
        _ base: UnsafePointer<UInt8>,
        _ open: Int,
        _ end: Int,
        _ table: inout TextFieldTable
    ) -> Bool {
        var index = open + 1
        while index < end, index - open < 13, ASCII.isLetter(base[index]) { index += 1 }
        guard index < end, base[index] == 0x5D else { return false }
        return add(base, open + 1, index, &table)
    }

    /// Whether a word is set off from what stands around it.
    private static func isApart(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int, _ range: Range<Int>) -> Bool {
        if start > range.lowerBound {
            switch base[start - 1] {
            case 0x20, 0x09, 0x5B, 0x28, 0x7C, 0x3C, 0x3D, 0x6D: break  // 0x6D ends a colour code
            default: return false
            }
        }
        guard end < range.upperBound else { return true }
        switch base[end] {
        case 0x20, 0x09, 0x5D, 0x29, 0x7C, 0x3E, 0x3A, 0x1B: return true
        default: return false
        }
    }

    private static func add(
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ end: Int,
        _ table: inout TextFieldTable
    ) -> Bool {
        let found = level(base, start, end)
        guard found != .none else { return false }
        table.level = found
        table.add(.level, start, end)
        return true
    }

    /// The next capital letter or `[`, eight bytes at a time.
    @inline(__always) private static func skipUninteresting(
        _ base: UnsafePointer<UInt8>,
        _ from: Int,
        _ end: Int
    ) -> Int {
        let ones: UInt64 = 0x0101_0101_0101_0101
        var index = from
        while index &+ 8 <= end {
            let word = UnsafeRawPointer(base + index).loadUnaligned(as: UInt64.self)
            let low = word & (ones &* 0x7F)
            // high bit: 0x41 and more but below 0x5C, and ASCII
            let hits = (low &+ (ones &* 0x3F)) & ~(low &+ (ones &* 0x24)) & ~word & (ones &* 0x80)
            if hits != 0 { return index &+ UInt64(littleEndian: hits).trailingZeroBitCount / 8 }
            index &+= 8
        }
        while index < end, !(base[index] >= 0x41 && base[index] <= 0x5B) { index &+= 1 }
        return index
    }
}
