internal import CScan

/// What an edited document says about itself, so that hardly one must be looked at again as a whole.
extension Redactor {
    /// Whether another look at a document that was edited into `output` would find nothing.
    ///
    /// Whole values and parts of strings that stand under harmless keys leave the document's keys, its other values and
    /// their order what they were, and where no value is escaped, nothing outside a string counts for what is found in it.
    /// So the look is at these strings alone.
    mutating func leavesNothing(_ line: LineView, _ output: borrowing Arena) -> Bool {
        guard unscannedFrom == nil, output.count <= Self.scanLimit else { return false }
        let text = Text(line.base, 0, line.count)
        let hasBackslash = line.flags & UInt32(MARTLET_LINE_BACKSLASH) != 0
        var shift = 0
        var i = 0
        while i < findings.count {
            let finding = findings[i]
            guard finding.depth == 0, !finding.isPercentEncoded, !finding.removesField else { return false }
            if isWholeValue(finding, text) {
                i += 1
            } else {
                guard !hasBackslash, let field = field(at: finding.start), field.kind == .string,
                    field.verdict < KeyVerdict.sensitive.rawValue
                else { return false }
                while i < findings.count, findings[i].start < Int(field.end) {
                    guard findings[i].end <= Int(field.end), !findings[i].removesField else { return false }
                    i += 1
                }
                let string = Int(field.start) + shift..<Int(field.end) + findings[i - 1].shift
                guard findsNothing(in: string, of: output, field) else { return false }
            }
            shift = findings[i - 1].shift
        }
        // A look at the whole would spend no more than was spent so far.
        return unscannedFrom == nil && budget > 16 * (line.count - output.count)
    }

    /// Whether a finding is all of a number, or of a string that is no key.
    private func isWholeValue(_ finding: Finding, _ text: Text) -> Bool {
        // Behind a quote inside a string stands a backslash, and so what is found there has a depth.
        let isString = text[finding.start - 1] == 0x22 && text[finding.end] == 0x22
        return (isString || finding.isNumber) && text[text.skippingBlanks(from: finding.end + 1)] != 0x3A
    }

    /// Looks at one string of an edited document as a look at the whole document would.
    private mutating func findsNothing(in string: Range<Int>, of document: borrowing Arena, _ field: Field) -> Bool {
        let quote = string.lowerBound - 1
        // No literal and no shape reaches further than this behind the closing quote.
        let end = min(document.count, string.upperBound + 64)
        var line = stringScanner.scan(UnsafePointer(document.base) + quote, end - quote, tables: tables.kernel)
        let length = string.count + 1
        while line.candidateCount > 0, Int(line.candidates[line.candidateCount - 1]) > length {
            line.candidateCount -= 1
        }
        if line.candidateCount == 0 { return true }
        var field = field
        field.start = 1
        field.end = UInt32(length)
        let count = findings.count
        let outer = fields
        withUnsafePointer(to: field) {
            fields = UnsafeBufferPointer(start: $0, count: 1)
            scanCandidates(View(line, isDocument: true))
        }
        fields = outer
        defer { findings.truncate(to: count) }
        return findings.count == count
    }
}
