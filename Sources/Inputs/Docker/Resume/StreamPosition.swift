/// How far one stream of one container has been read, as compact text: what an agent keeps.
///
/// `1 FLOOR RESUME DRAINED LINE…`, numbers in base 36; a line is `TIME.ORDINAL.LENGTH.HASH`, TIME relative to RESUME.
package struct StreamPosition: Sendable, Equatable {
    /// Nothing before this time is ever wanted (`start: now`); 0: everything.
    package var floor: Int64
    /// Every line of the container that is not covered has this time or a later one, but for what the engine's
    /// clock and its two streams may be apart.
    package var resume: Int64
    /// When the container had ended, whose log was then read to its very end; 0: it has not been.
    package var drained: Int64
    /// The last lines.
    package var history: StreamHistory

    /// Makes a position.
    package init(floor: Int64, resume: Int64, drained: Int64 = 0, history: StreamHistory) {
        self.floor = floor
        self.resume = resume
        self.drained = drained
        self.history = history
    }

    /// The position as text.
    package var text: String {
        var text = "1 " + Self.encode(floor) + " " + Self.encode(resume) + " " + Self.encode(drained)
        for line in history.lines {
            text += " " + Self.encode(line.time &- resume) + "." + String(line.ordinal, radix: 36)
            text += "." + String(line.length, radix: 36) + "." + String(line.hash, radix: 36)
        }
        return text
    }

    /// Reads a position; nil when this text is none.
    package init?(_ text: String) {
        let words = text.split(separator: " ")
        guard words.count >= 4, words.count <= 4 + StreamHistory.linesMax, words[0] == "1",
            let floor = Int64(words[1], radix: 36), let resume = Int64(words[2], radix: 36),
            let drained = Int64(words[3], radix: 36)
        else { return nil }
        var history = StreamHistory()
        for word in words.dropFirst(4) {
            let parts = word.split(separator: ".")
            guard parts.count == 4, let offset = Int64(parts[0], radix: 36),
                let ordinal = UInt64(parts[1], radix: 36), let length = UInt32(parts[2], radix: 36),
                let hash = UInt64(parts[3], radix: 36)
            else { return nil }
            history.note(LineFingerprint(time: resume &+ offset, ordinal: ordinal, length: length, hash: hash))
        }
        self.init(floor: floor, resume: resume, drained: drained, history: history)
    }

    private static func encode(_ number: Int64) -> String { String(number, radix: 36) }
}
