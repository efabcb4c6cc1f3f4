internal import CScan

/// A text that is being scanned: the line itself, or a decoded view of a part of it.
struct View {
    let line: LineView
    /// 0: the line; one more for each unescaping.
    let depth: Int
    /// A line that is one JSON document with a tape of fields.
    let isDocument: Bool
    /// Decoded from percent escapes: what is found there is marked so.
    let isPercentDecoded: Bool

    init(_ line: LineView, depth: Int = 0, isDocument: Bool = false, isPercentDecoded: Bool = false) {
        self.line = line
        self.depth = depth
        self.isDocument = isDocument
        self.isPercentDecoded = isPercentDecoded
    }

    var count: Int { line.count }
    var text: Text { Text(line.base, 0, line.count) }
    var hasBackslash: Bool { line.flags & UInt32(MARTLET_LINE_BACKSLASH) != 0 }

    /// How many quotes stand before an offset, in logarithmic time.
    func quotes(before offset: Int) -> Int {
        var low = 0
        var high = line.quoteCount
        while low < high {
            let middle = (low + high) / 2
            if Int(line.quotes[middle]) < offset { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// Whether the string that ends with the quote at an offset is a key: a colon follows.
    func isKey(closingQuote: Int) -> Bool {
        text[text.skippingBlanks(from: closingQuote + 1)] == 0x3A
    }
}
