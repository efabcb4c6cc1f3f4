/// Private keys whose lines arrive as records of their own.
extension Redactor {
    /// Letters of a body: base64 and its padding.
    private static var bodySet: ByteSet { ByteSet.base64Padded }
    /// A run of this length that mixes capitals, small letters and digits is a body wherever it stands.
    private static let bodyRun = 40

    /// Makes the next look know what the stream's last lines were.
    mutating func beginKeyLine(of block: KeyBlock) {
        keyColumn = block.isOpen ? block.column : nil
        keySigns = KeyBlockSigns()
    }

    /// Tells a stream what its line held of a key.
    mutating func endKeyLine(of block: inout KeyBlock) {
        if block.isOpen { block.advance(hasBody: keySigns.hasBody, hasEnd: keySigns.hasEnd) }
        if let column = keySigns.openColumn { block.open(column: column) }
        keyColumn = nil
    }

    /// Whether armour found in a view begins a key whose body comes with the next lines.
    mutating func noteOpenArmour(_ view: View) {
        for i in 0..<findings.count where findings[i].detector == tables.shapes.privateKey {
            let start = findings[i].start
            guard view.depth == 0, let label = view.text.first(0x4B, from: start, limit: start + 64) else { continue }
            // Behind `KEY-----` or `KEY BLOCK-----` and the escape of a line's end comes nothing more.
            var at = view.text.end(of: .capitalsDashBlank, from: label)
            while view.text[at] == 0x5C { at += 2 }
            at = view.text.skippingBlanks(from: at)
            let next = view.text[at]
            if at >= view.count || next == 0x22 || next == 0x27 { keySigns.openColumn = start }
        }
    }

    /// Takes what a line inside a key holds of it.
    mutating func scanKeyBody(_ view: View, column: Int) {
        let text = view.text
        let end = endLine(text)
        if end != nil { keySigns.hasEnd = true }
        let upper = end ?? text.upper
        let indented = text.skippingBlanks(from: 0)
        for start in [indented, column] where start < upper && isWholeBody(text, start, view) {
            addBody(start..<text.end(of: Self.bodySet, from: start), view)
            return
        }
        var at = 0
        while at < upper {
            let runEnd = text.end(of: Self.bodySet, from: at)
            if runEnd - at >= Self.bodyRun, isMixed(text, at..<runEnd) { addBody(at..<min(runEnd, upper), view) }
            at = max(runEnd, at) + 1
        }
    }

    private mutating func addBody(_ range: Range<Int>, _ view: View) {
        keySigns.hasBody = true
        add(tables.shapes.privateKey, range, in: view)
    }

    /// Whether a body begins at an offset and ends with its text: the line, or the string of a document.
    private func isWholeBody(_ text: Text, _ start: Int, _ view: View) -> Bool {
        guard start == 0 || !Self.bodySet.contains(text[start - 1]) else { return false }
        var end = text.end(of: Self.bodySet, from: start)
        guard end > start else { return false }
        if view.isDocument, text[start - 1] != 0x22 { return false }
        if text[end] == 0x5C { end += 2 }
        if view.isDocument { return text[end] == 0x22 && !view.isKey(closingQuote: end) }
        end = text.skippingBlanks(from: end)
        return end >= text.upper
    }

    private func isMixed(_ text: Text, _ range: Range<Int>) -> Bool {
        range.contains { text[$0].isUpper } && range.contains { text[$0].isLower }
            && range.contains { text[$0].isDigit }
    }

    /// Where `-----END … PRIVATE KEY` begins.
    private func endLine(_ text: Text) -> Int? {
        var at = text.lower
        while let dash = text.first(0x2D, from: at) {
            if text.has("-END ", at: dash), (dash..<dash + 48).contains(where: { text.has("PRIVATE KEY", at: $0) }) {
                return text.start(of: .dash, before: dash, reach: 8)
            }
            at = dash + 1
        }
        return nil
    }
}
