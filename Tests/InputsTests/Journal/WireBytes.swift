import Inputs

/// The reader's bytes, written out by hand: what the decoder is held against.
enum WireBytes {
    static func number(_ value: UInt64, _ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: value >> UInt64(8 * $0)) }
    }

    static func frame(_ kind: JournalFrame.Kind, _ payload: [UInt8]) -> [UInt8] {
        number(UInt64(payload.count), 4) + Array("MJ".utf8) + [kind.rawValue, 0] + payload
    }

    static func source(_ number: UInt16, _ source: JournalSource) -> [UInt8] {
        let texts = [source.unit, source.identifier, source.container, source.containerID, source.image]
        return Self.number(UInt64(number), 2) + [source.isStderr ? 1 : 0]
            + texts.flatMap { Self.number(UInt64($0.utf8.count), 2) + Array($0.utf8) }
    }

    static func entry(
        _ message: String,
        cursor: String,
        partial: String = "",
        flags: JournalEntry.Flags = [],
        source: UInt16 = 0
    ) -> [UInt8] {
        let texts = [message, cursor, partial].map { Array($0.utf8) }
        return [flags.rawValue, 6, UInt8(texts[1].count), UInt8(texts[2].count)] + number(UInt64(source), 4)
            + number(UInt64(texts[0].count), 4) + number(123, 8) + number(7, 8) + number(8, 8) + texts.joined()
    }
}
