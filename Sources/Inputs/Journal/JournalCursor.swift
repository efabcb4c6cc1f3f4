/// A place in the journal, as the text that libsystemd gives for an entry (`s=…;i=…;b=…;m=…;t=…;x=…`), or
/// `t=…` alone: the first entry at or behind a time.
package struct JournalCursor: Sendable, Equatable {
    /// The text; goes to libsystemd as it is.
    package let text: String
    /// Wall clock of the entry, microseconds since 1970.
    package let realtime: UInt64
    private let sequenceID: Substring?
    private let sequence: UInt64?
    /// What stays when journald copies an entry from `/run` to `/var`: boot, times and contents.
    private let entryPart: Substring?

    /// Longest text taken; those of libsystemd have at most 142 characters.
    package static let maximumLength = 255

    /// Reads a cursor; nil when the text is none.
    package init?(_ text: String) {
        guard text.utf8.count <= Self.maximumLength, text.utf8.allSatisfy({ (33...126).contains($0) }) else {
            return nil
        }
        var fields: [Character: Substring] = [:]
        for part in text.split(separator: ";") {
            guard let name = part.first, part.dropFirst().first == "=" else { return nil }
            fields[name] = part.dropFirst(2)
        }
        guard let time = fields["t"], let realtime = UInt64(time, radix: 16) else { return nil }
        self.text = text
        self.realtime = realtime
        sequenceID = fields["s"]
        sequence = fields["i"].flatMap { UInt64($0, radix: 16) }
        let isWhole = fields["s"] != nil && fields["i"] != nil && fields["b"] != nil
        entryPart = isWhole ? Self.part(of: text, from: "b=") : nil
        guard isWhole || fields.count == 1 else { return nil }
    }

    /// The first entry at or behind a time, microseconds since 1970.
    package init(time microseconds: UInt64) {
        text = "t=" + String(microseconds, radix: 16)
        realtime = microseconds
        sequenceID = nil
        sequence = nil
        entryPart = nil
    }

    /// A time, not an entry: nothing there is known to have been read.
    package var isTimeOnly: Bool { entryPart == nil }

    /// Whether both name the same entry, also when journald has copied it to another file since.
    package func isSameEntry(as other: JournalCursor) -> Bool {
        text == other.text || (entryPart != nil && entryPart == other.entryPart)
    }

    /// Whether this entry comes behind another one, by sequence number where both are of one sequence, else by
    /// time.
    package func isBehind(_ other: JournalCursor) -> Bool {
        if isSameEntry(as: other) { return false }
        if let sequence, let theirs = other.sequence, sequenceID == other.sequenceID { return sequence > theirs }
        return realtime > other.realtime
    }

    /// Whether this entry follows another one with none between them: journald numbers all entries.
    package func isNext(after other: JournalCursor) -> Bool {
        guard let sequence, let theirs = other.sequence, sequenceID == other.sequenceID else { return false }
        return sequence == theirs &+ 1
    }

    private static func part(of text: String, from name: String) -> Substring? {
        var rest = text[...]
        while let separator = rest.firstIndex(of: ";") {
            rest = rest[rest.index(after: separator)...]
            if rest.hasPrefix(name) { return rest }
        }
        return nil
    }
}
