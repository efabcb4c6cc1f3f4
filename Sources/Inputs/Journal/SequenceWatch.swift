/// Notices entries that are missing between two others, by the numbers that journald gives all entries.
///
/// libsystemd leaves damaged entries, and files that it cannot open, out without a word. Good only where every
/// entry of the journal is looked at: without a filter and with all files readable. A journal of many machines
/// has a sequence for each; so many are kept in mind.
package struct SequenceWatch {
    private static let maximumSequences = 16
    /// `s=` and 32 digits.
    private static let idLength = 34

    private struct Sequence {
        var id: UInt64
        var number: UInt64
    }

    private var sequences: [Sequence] = []
    private var next = 0

    /// Makes a watch that has seen nothing.
    package init() {}

    /// Takes note of an entry by its cursor (`s=…;i=…`); true when others are missing before it.
    @inline(__always)
    package mutating func note(_ cursor: UnsafeBufferPointer<UInt8>) -> Bool {
        guard cursor.count > Self.idLength + 3, cursor[Self.idLength] == UInt8(ascii: ";"),
            cursor[Self.idLength + 1] == UInt8(ascii: "i"), let number = Self.number(cursor)
        else { return false }
        let id = JournalHash.hash(UnsafeBufferPointer(rebasing: cursor[..<Self.idLength]), seed: 0)
        guard let index = sequences.firstIndex(where: { $0.id == id }) else {
            add(Sequence(id: id, number: number))
            return false
        }
        let last = sequences[index].number
        guard number > last else { return false }
        sequences[index].number = number
        return number - last > 1
    }

    private mutating func add(_ sequence: Sequence) {
        if sequences.count < Self.maximumSequences {
            sequences.append(sequence)
        } else {
            sequences[next] = sequence
            next = (next + 1) % Self.maximumSequences
        }
    }

    /// The hexadecimal number behind `;i=`.
    private static func number(_ cursor: UnsafeBufferPointer<UInt8>) -> UInt64? {
        var value: UInt64 = 0
        var index = idLength + 3
        while index < cursor.count, cursor[index] != UInt8(ascii: ";") {
            let byte = cursor[index]
            let digit = byte < 58 ? byte &- 48 : byte &- 87
            guard digit < 16, value >> 60 == 0 else { return nil }
            value = value << 4 | UInt64(digit)
            index += 1
        }
        return index > idLength + 3 ? value : nil
    }
}
