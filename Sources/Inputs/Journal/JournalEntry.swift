/// One journal entry as it comes through the pipe.
///
/// Borrowed from its frame.
///
/// On the wire, little-endian: flags (1), priority (1), cursor length (1), partial name length (1), source (2),
/// zero (2), message length (4), time (8), identity (16); then message, cursor, partial name.
package struct JournalEntry {
    package static let headerLength = 36

    /// Bits of the first byte.
    package struct Flags: OptionSet, Sendable {
        package let rawValue: UInt8
        /// The message was longer than the limit.
        package static let isCut = Flags(rawValue: 1)
        /// One part of a line that Docker wrote in parts; the partial name is there.
        package static let isPart = Flags(rawValue: 2)
        /// The last part.
        package static let isLastPart = Flags(rawValue: 4)

        package init(rawValue: UInt8) { self.rawValue = rawValue }
    }

    package var flags: Flags
    /// 0…7, or 255.
    package var priority: UInt8
    /// The number of a source that was described before.
    package var source: UInt16
    /// Nanoseconds since 1970.
    package var time: Int64
    package var identity: (UInt64, UInt64)
    package var message: UnsafeBufferPointer<UInt8>
    package var cursor: UnsafeBufferPointer<UInt8>
    /// `CONTAINER_PARTIAL_ID`; empty when the engine gave none.
    package var partial: UnsafeBufferPointer<UInt8>
}

/// Walks through the entries of a frame.
package struct JournalEntryWalker {
    /// Invariant: borrowed from a frame that stays valid while this value is used; all reads are within it.
    private var rest: UnsafeRawBufferPointer

    /// Begins at the first entry.
    package init(_ payload: UnsafeRawBufferPointer) { rest = payload }

    /// The next entry; nil behind the last one.
    package mutating func next() throws(JournalProtocolError) -> JournalEntry? {
        guard let base = rest.baseAddress, rest.count > 0 else { return nil }
        guard rest.count >= JournalEntry.headerLength else { throw .badEntry }
        let cursorLength = Int(base.load(fromByteOffset: 2, as: UInt8.self))
        let partialLength = Int(base.load(fromByteOffset: 3, as: UInt8.self))
        let messageLength = Int(UInt32(littleEndian: (base + 8).loadUnaligned(as: UInt32.self)))
        let length = JournalEntry.headerLength + messageLength + cursorLength + partialLength
        guard length <= rest.count, cursorLength > 0 else { throw .badEntry }
        let bytes = (base + JournalEntry.headerLength).assumingMemoryBound(to: UInt8.self)
        rest = UnsafeRawBufferPointer(rebasing: rest[length...])
        return JournalEntry(
            flags: .init(rawValue: base.load(as: UInt8.self)),
            priority: base.load(fromByteOffset: 1, as: UInt8.self),
            source: UInt16(littleEndian: (base + 4).loadUnaligned(as: UInt16.self)),
            time: Int64(littleEndian: (base + 12).loadUnaligned(as: Int64.self)),
            identity: (
                UInt64(littleEndian: (base + 20).loadUnaligned(as: UInt64.self)),
                UInt64(littleEndian: (base + 28).loadUnaligned(as: UInt64.self))
            ),
            message: UnsafeBufferPointer(start: bytes, count: messageLength),
            cursor: UnsafeBufferPointer(start: bytes + messageLength, count: cursorLength),
            partial: UnsafeBufferPointer(start: bytes + messageLength + cursorLength, count: partialLength)
        )
    }
}
