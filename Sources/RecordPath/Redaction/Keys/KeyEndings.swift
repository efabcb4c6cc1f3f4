internal import CScan

/// The ends of sensitive words, by which the kernel knows a key in text: four bytes before the operator.
struct KeyEndings {
    /// A bit for each number of `martlet_key_ending`.
    private(set) var bits = [UInt8](repeating: 0, count: Int(MARTLET_KEY_ENDINGS) / 8)
    private(set) var isEmpty = true

    /// Adds the end of a word that ends in an ASCII letter; others are left to literals.
    mutating func insert(_ word: String) {
        let bytes = Array(word.utf8)
        guard let last = bytes.last, last.isLetter, bytes.count >= 2 else { return }
        isEmpty = false
        add(bytes.suffix(4))
        // Words may be joined by anything: `apikey`, `api_key`.
        if bytes.count >= 4 { add([0] + bytes.suffix(3)) }
        guard Self.shortWords.contains(where: { word.hasSuffix($0) }), bytes.count >= 3 else { return }
        add([bytes[bytes.count - 3], 0] + bytes.suffix(2))
    }

    /// Words of two letters at the end of keys that are written as one in the rules: `taxid`, `tax_id`.
    private static let shortWords = ["id", "no", "nr"]

    /// Adds an end of four bytes; before a shorter one anything may stand.
    private mutating func add(_ end: some Collection<UInt8>) {
        let end = Array(end)
        if end.count == 4 {
            let number = Int(martlet_key_ending(end))
            bits[number >> 3] |= 1 << UInt8(number & 7)
            return
        }
        for before in [0] + Array(UInt8(ascii: "a")...UInt8(ascii: "z")) { add([before] + end) }
    }
}
