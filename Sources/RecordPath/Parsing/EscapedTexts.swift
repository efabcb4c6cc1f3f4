/// Which canonical texts of a line stand in it with escapes, as in a JSON string or in logfmt's quotes.
struct EscapedTexts: OptionSet {
    let rawValue: UInt8

    static let message = EscapedTexts(rawValue: 1)
    static let requestID = EscapedTexts(rawValue: 2)
    static let method = EscapedTexts(rawValue: 4)
    static let path = EscapedTexts(rawValue: 8)
    static let all: EscapedTexts = [.message, .requestID, .method, .path]
}

extension CanonicalFields {
    /// The texts of a record of this line that have escapes.
    ///
    /// Every text of a JSON line may have some, so for those it is not asked.
    func escapedTexts(_ record: Record) -> EscapedTexts {
        guard record.line.flags & LineFlag.backslash != 0 else { return [] }
        var texts: EscapedTexts = []
        if isEscaped(record.message, [.message]) { texts.insert(.message) }
        if isEscaped(record.requestID, [.requestID]) { texts.insert(.requestID) }
        if isEscaped(record.method, [.method, .requestLine]) { texts.insert(.method) }
        if isEscaped(record.path, [.route, .path, .requestLine]) { texts.insert(.path) }
        return texts
    }

    /// Whether a range lies in an escaped field of one of these meanings.
    private func isEscaped(_ range: Range<Int>, _ meanings: [Meaning]) -> Bool {
        meanings.contains { meaning in
            guard has(meaning) else { return false }
            let slot = slot(meaning)
            return slot.kind == .escapedString && slot.range.contains(range.lowerBound)
        }
    }
}
