/// The ids that Spring puts between brackets: `[shop,4bf92f…,00f067…]` (Sleuth) or `[4bf92f…-00f067…]` (Micrometer).
enum SpanTag {
    /// Adds the ids of what stands between two brackets.
    static func read(_ context: TextContext, _ inside: Range<Int>, _ table: inout TextFieldTable) {
        var end = inside.upperBound
        while end > inside.lowerBound, context.line[end - 1] == 0x20 { end -= 1 }
        // the span id, a separator, the trace id, and before it nothing or a name and a separator
        let span = end - 16
        guard span - 1 > inside.lowerBound, isSeparator(context.line[span - 1]), isHex(context.line, span, 16) else {
            return
        }
        guard let trace = traceStart(context, inside, span - 1, 32) ?? traceStart(context, inside, span - 1, 16) else {
            return
        }
        table.add(.traceID, trace, span - 1)
        table.add(.spanID, span, end)
    }

    /// Where a trace id of so many digits begins that ends at `end`.
    private static func traceStart(_ context: TextContext, _ inside: Range<Int>, _ end: Int, _ digits: Int) -> Int? {
        let start = end - digits
        guard start >= inside.lowerBound, isHex(context.line, start, digits) else { return nil }
        return start == inside.lowerBound || isSeparator(context.line[start - 1]) ? start : nil
    }

    private static func isSeparator(_ byte: UInt8) -> Bool { byte == 0x2C || byte == 0x2D || byte == 0x20 }

    private static func isHex(_ base: UnsafePointer<UInt8>, _ start: Int, _ count: Int) -> Bool {
        for index in start..<start + count where ASCII.hexValue(base[index]) > 15 { return false }
        return true
    }
}
