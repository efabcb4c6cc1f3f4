/// Whether fields are all that a line has.
extension LineParser {
    /// Whether there is nothing in the line but its fields: no words beside the pairs of logfmt.
    ///
    /// False for formats whose fields are not pairs.
    func coversLine(_ line: RedactedLine) -> Bool {
        guard format == .logfmt else { return format == .json }
        let fields = tape.fields
        var end = 0
        for index in 0..<fields.count {
            let start = Int(fields[index].start)
            let before = start > 0 ? line.base[start - 1] : 0
            let isQuoted = before == UInt8(ascii: "\"") || before == UInt8(ascii: "'")
            let key = start - (isQuoted ? 2 : 1) - keys.nameLength(of: fields[index].key)
            guard isSpace(line, end, key) else { return false }
            end = Int(fields[index].end) + (isQuoted ? 1 : 0)
        }
        return isSpace(line, end, line.count)
    }

    private func isSpace(_ line: RedactedLine, _ from: Int, _ to: Int) -> Bool {
        var at = from
        while at < to, Bytes.isSpace(line.base[at]) { at += 1 }
        return at >= to
    }
}
