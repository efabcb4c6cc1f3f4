/// Shows what redaction changed in a line: the line before and after, with what differs marked.
///
/// The line before holds secrets: only `martlet redact --diff` makes these, of lines that its user gave it.
struct LineDiff {
    /// Longer differences are marked as a whole.
    private static let alignmentLimit = 1 << 20

    /// Marks with colours, for terminals.
    let isColoured: Bool

    /// Two lines of text: `-` before, `+` after, both with the record's number.
    func text(number: Int, before: [UInt8], after: [UInt8]) -> [UInt8] {
        let old = Self.words(before)
        let new = Self.words(after)
        let kept = Self.common(before, old, after, new)
        var out: [UInt8] = []
        append("\(number) - ", before, old, kept.old, colour: "31", to: &out)
        append("\(number) + ", after, new, kept.new, colour: "32", to: &out)
        return out
    }

    /// The record that a rule drops as a whole.
    func text(number: Int, dropped: [UInt8]) -> [UInt8] {
        let words = Self.words(dropped)
        var out: [UInt8] = []
        append("\(number) - ", dropped, words, Array(repeating: false, count: words.count), colour: "31", to: &out)
        return out
    }

    private func append(
        _ prefix: String,
        _ line: [UInt8],
        _ words: [Range<Int>],
        _ kept: [Bool],
        colour: String,
        to out: inout [UInt8]
    ) {
        out += Array(prefix.utf8)
        var isMarked = false
        for (index, word) in words.enumerated() {
            if isColoured, isMarked == kept[index] {
                out += Array((isMarked ? "\u{1B}[0m" : "\u{1B}[1;\(colour)m").utf8)
                isMarked.toggle()
            }
            for byte in line[word] { TerminalText.append(byte, keeps: [0x09], to: &out) }
        }
        if isMarked { out += Array("\u{1B}[0m".utf8) }
        out.append(0x0A)
    }

    /// Runs of letters and digits, and every other byte by itself.
    private static func words(_ line: [UInt8]) -> [Range<Int>] {
        var words: [Range<Int>] = []
        var start = 0
        while start < line.count {
            var end = start + 1
            if isWord(line[start]) { while end < line.count, isWord(line[end]) { end += 1 } }
            words.append(start..<end)
            start = end
        }
        return words
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        byte >= 0x80 || byte &- 0x30 < 10 || (byte | 0x20) &- 0x61 < 26
    }

    /// Which words of each line stand in the longest common subsequence of both.
    private static func common(
        _ before: [UInt8],
        _ old: [Range<Int>],
        _ after: [UInt8],
        _ new: [Range<Int>]
    ) -> (old: [Bool], new: [Bool]) {
        var keptOld = Array(repeating: false, count: old.count)
        var keptNew = Array(repeating: false, count: new.count)
        let isEqual = { (i: Int, j: Int) in before[old[i]] == after[new[j]] }
        var head = 0
        while head < min(old.count, new.count), isEqual(head, head) { head += 1 }
        var tail = 0
        while tail < min(old.count, new.count) - head, isEqual(old.count - 1 - tail, new.count - 1 - tail) { tail += 1 }
        for i in 0..<head { (keptOld[i], keptNew[i]) = (true, true) }
        for i in 0..<tail { (keptOld[old.count - 1 - i], keptNew[new.count - 1 - i]) = (true, true) }
        let rows = old.count - head - tail
        let columns = new.count - head - tail
        guard rows > 0, columns > 0, rows * columns <= alignmentLimit else { return (keptOld, keptNew) }
        // lengths[i * (columns + 1) + j]: the longest for what is behind row i and column j.
        var lengths = Array(repeating: 0, count: (rows + 1) * (columns + 1))
        for i in stride(from: rows - 1, through: 0, by: -1) {
            for j in stride(from: columns - 1, through: 0, by: -1) {
                let here = i * (columns + 1) + j
                lengths[here] =
                    isEqual(head + i, head + j)
                    ? lengths[here + columns + 2] + 1 : max(lengths[here + columns + 1], lengths[here + 1])
            }
        }
        var (i, j) = (0, 0)
        while i < rows, j < columns {
            if isEqual(head + i, head + j) {
                (keptOld[head + i], keptNew[head + j]) = (true, true)
                (i, j) = (i + 1, j + 1)
            } else if lengths[(i + 1) * (columns + 1) + j] >= lengths[i * (columns + 1) + j + 1] {
                i += 1
            } else {
                j += 1
            }
        }
        return (keptOld, keptNew)
    }
}
