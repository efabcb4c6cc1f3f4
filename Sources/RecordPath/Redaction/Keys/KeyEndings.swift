internal import CScan

/// The ends of sensitive words, by which the kernel knows a key in text: three bytes before the operator.
struct KeyEndings {
    /// A bit for each number of `martlet_key_ending`.
    private(set) var bits = [UInt8](repeating: 0, count: Int(MARTLET_KEY_ENDINGS) / 8)
    private(set) var isEmpty = true

    /// Adds the end of a word that ends in an ASCII letter; others are left to literals.
    mutating func insert(_ word: String) {
        let end = Array(word.utf8.suffix(3))
        guard let last = end.last, last.isLetter, end.count >= 2 else { return }
        isEmpty = false
        let before = end[end.count - 2]
        if end.count == 3 { add(end[0], before, last) }
        // The last two letters may be a word of their own: `taxid`, `tax_id`.
        if end.count == 2 || Self.shortWords.contains(where: { word.hasSuffix($0) }) { add(0, before, last) }
        guard end.count == 2 else { return }
        for first in UInt8(ascii: "a")...UInt8(ascii: "z") { add(first, before, last) }
    }

    /// Words of two letters at the end of keys that are written as one in the rules.
    private static let shortWords = ["id", "no", "nr"]

    private mutating func add(_ first: UInt8, _ second: UInt8, _ third: UInt8) {
        let number = Int(martlet_key_ending(first, second, third))
        bits[number >> 3] |= 1 << UInt8(number & 7)
    }
}
