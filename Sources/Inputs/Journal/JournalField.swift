#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Which field a datum of the journal (`NAME=value`) is, of those that we look at.
enum JournalField {
    case none
    case message, priority, sourceTime, pid, partialMessage
    /// A text, and how many bytes its name takes with the sign.
    case text(JournalTexts.Slot, Int)

    /// Tells by the first eight bytes, then by the rest of the name; reads no more than `size` (at least 5).
    @inline(__always)
    init(_ data: UnsafePointer<UInt8>, _ size: Int) {
        if size < 8 {
            self = Self.short(data, size)
            return
        }
        let head = UInt64(littleEndian: UnsafeRawPointer(data).loadUnaligned(as: UInt64.self))
        switch head {
        case Self.word("MESSAGE="): self = .message
        case Self.word("PRIORITY"): self = Self.rest("=", data, size) ? .priority : .none
        case Self.word("SYSLOG_I"): self = Self.text(.identifier, "DENTIFIER=", data, size)
        case Self.word("_SYSTEMD"): self = Self.text(.unit, "_UNIT=", data, size)
        case Self.word("_SOURCE_"): self = Self.rest("REALTIME_TIMESTAMP=", data, size) ? .sourceTime : .none
        case Self.word("CONTAINE"): self = Self.container(data, size)
        case Self.word("IMAGE_NA"): self = Self.text(.image, "ME=", data, size)
        default: self = Self.short(data, size)
        }
    }

    private static func short(_ data: UnsafePointer<UInt8>, _ size: Int) -> JournalField {
        switch data[0] {
        case UInt8(ascii: "_"):
            if memcmp(data, "_PID=", 5) == 0 { return .pid }
            return size > 6 && memcmp(data, "_COMM=", 6) == 0 ? .text(.command, 6) : .none
        case UInt8(ascii: "U"): return memcmp(data, "UNIT=", 5) == 0 ? .text(.subject, 5) : .none
        default: return .none
        }
    }

    private static func container(_ data: UnsafePointer<UInt8>, _ size: Int) -> JournalField {
        if rest("R_NAME=", data, size) { return .text(.container, 15) }
        if rest("R_ID_FULL=", data, size) { return .text(.containerID, 18) }
        if rest("R_PARTIAL_ID=", data, size) { return .text(.partialID, 21) }
        return rest("R_PARTIAL_MESSAGE=", data, size) ? .partialMessage : .none
    }

    @inline(__always)
    private static func text(
        _ slot: JournalTexts.Slot,
        _ tail: StaticString,
        _ data: UnsafePointer<UInt8>,
        _ size: Int
    ) -> JournalField {
        rest(tail, data, size) ? .text(slot, 8 + tail.utf8CodeUnitCount) : .none
    }

    /// Whether the name goes on like this behind its first eight bytes.
    @inline(__always)
    private static func rest(_ tail: StaticString, _ data: UnsafePointer<UInt8>, _ size: Int) -> Bool {
        size >= 8 + tail.utf8CodeUnitCount && memcmp(data + 8, tail.utf8Start, tail.utf8CodeUnitCount) == 0
    }

    @inline(__always)
    private static func word(_ text: StaticString) -> UInt64 {
        UInt64(littleEndian: UnsafeRawPointer(text.utf8Start).loadUnaligned(as: UInt64.self))
    }
}
