/// One message of the journal reader to its parent: eight bytes of header, then the payload.
///
/// Header, little-endian: payload length (4 bytes), the letters `MJ`, the kind, zero. Frames are taken whole or
/// not at all, so that a reader that is killed while it writes has said nothing. Both ends are the same binary,
/// hence no version.
package struct JournalFrame {
    /// What a frame says.
    package enum Kind: UInt8, Sendable {
        /// Descriptions of sources; later entries name them by number.
        case sources = 1
        /// Entries, each with its cursor.
        case entries
        /// A cursor: everything up to it has been looked at, and nothing wanted is left out.
        case position
        /// The reader is alive; sent once a second when there is nothing else to say.
        case tick
        /// The journal is open.
        case attached
        /// The journal cannot be read: what is wrong and what to do, as text.
        case detached
        /// Entries were lost before they could be read: a `JournalGap`.
        case gap
        /// Something worth a line in the agent's log, as text. Never log text.
        case note
        /// With `--once`: the end has been reached.
        case ended
    }

    package static let headerLength = 8
    package static let magic: UInt16 = 0x4A4D
    /// No frame is longer: an entry holds 1 MiB of message and less than 1 KiB of everything else.
    package static let maximumPayload = 4 << 20

    package var kind: Kind
    /// Borrowed: valid until the decoder is filled again.
    package var payload: UnsafeRawBufferPointer

    /// The payload as text; what is no UTF-8 is replaced.
    package var text: String { String(decoding: payload, as: UTF8.self) }
}

/// The bytes on the pipe are not what a journal reader writes.
package enum JournalProtocolError: Error, Equatable, Sendable {
    case badHeader
    case tooLong(Int)
    case badSource
    case badEntry
    case badText
}

/// Why entries are missing; the `reason` of `martlet_input_gaps_total`.
package enum JournalGap: String, CaseIterable, Sendable {
    /// The last entry read is no longer in the journal: it was vacuumed, and perhaps some behind it were too.
    case vacuumed
    /// A part of the journal could not be read and was passed over.
    case corrupt
    /// Numbers are missing between two entries: damaged, in a file that libsystemd refuses, or vacuumed unread.
    case missing
    /// An entry's fields could not be read.
    case unreadable
}
