/// Private keys in PEM and PuTTY armour.
enum PrivateKeyVerifier {
    /// The key around the word `BEGIN ` at an offset: from the dashes before it to the end line, or, when that is
    /// missing, to the end of the text.
    ///
    /// Certificates and public keys stay.
    static func match(_ text: Text, at begin: Int) -> Range<Int>? {
        guard text[begin - 1] == 0x2D, text[begin - 2] == 0x2D else { return nil }
        let start = text.start(of: .dash, before: begin, reach: 5)
        guard let labelEnd = labelEnd(text, begin + 6), isPrivate(text, begin + 6, labelEnd) else { return nil }
        var at = labelEnd
        while let dash = text.first(0x2D, from: at) {
            if text.has("END ", at: dash + 1), let end = Self.labelEnd(text, dash + 5) {
                return start..<text.end(of: .dash, from: end, limit: end + 5)
            }
            at = dash + 1
        }
        return start..<text.upper
    }

    /// `PuTTY-User-Key-File-3: …` to the end of its MAC, or of the text.
    static func putty(_ text: Text, at start: Int) -> Range<Int>? {
        var at = start
        while let mark = text.first(0x4D, from: at) {
            if text.has("MAC: ", at: mark) { return start..<text.end(of: .hexDigits, from: mark + 5) }
            at = mark + 1
        }
        return start..<text.upper
    }

    private static func labelEnd(_ text: Text, _ from: Int) -> Int? {
        let set = ByteSet.capitalsDigitsBlank
        let end = text.end(of: set, from: from, limit: from + 40)
        return end > from ? end : nil
    }

    private static func isPrivate(_ text: Text, _ from: Int, _ to: Int) -> Bool {
        (from..<to).contains { text.has("PRIVATE KEY", at: $0) }
    }
}
