internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Writes frames to the pipe; blocks while the parent does not read.
struct JournalFrameWriter: ~Copyable {
    /// The parent is gone: there is nobody to read for.
    struct ParentGone: Error {}

    private let descriptor: Int32
    private let clock: () -> Int64
    /// When the last frame went out, milliseconds.
    private(set) var wroteAt: Int64

    init(descriptor: Int32, clock: @escaping () -> Int64 = BatchWriter.monotonicMilliseconds) {
        self.descriptor = descriptor
        self.clock = clock
        wroteAt = clock()
    }

    /// Makes an arena that holds a frame: room for the header comes first.
    static func startFrame(in arena: inout Arena) {
        arena.removeAll()
        for _ in 0..<JournalFrame.headerLength { arena.put(0) }
    }

    /// Sends the frame in an arena, and starts the next one there.
    mutating func send(_ kind: JournalFrame.Kind, frame arena: inout Arena) throws(ParentGone) {
        precondition(arena.count - JournalFrame.headerLength <= JournalFrame.maximumPayload)
        let header = UnsafeMutableRawPointer(arena.base)
        let length = UInt32(arena.count - JournalFrame.headerLength)
        header.storeBytes(of: length.littleEndian, as: UInt32.self)
        header.storeBytes(of: JournalFrame.magic.littleEndian, toByteOffset: 4, as: UInt16.self)
        header.storeBytes(of: kind.rawValue, toByteOffset: 6, as: UInt8.self)
        header.storeBytes(of: 0, toByteOffset: 7, as: UInt8.self)
        try write(UnsafeRawPointer(header), arena.count)
        Self.startFrame(in: &arena)
    }

    /// Sends a frame that holds a text.
    mutating func send(_ kind: JournalFrame.Kind, _ text: String = "") throws(ParentGone) {
        var arena = Arena(capacity: text.utf8.count + JournalFrame.headerLength)
        Self.startFrame(in: &arena)
        arena.append(text)
        try send(kind, frame: &arena)
    }

    /// Says that the reader lives, when nothing else has said so for a second.
    mutating func tick() throws(ParentGone) {
        if clock() - wroteAt >= 1_000 { try send(.tick) }
    }

    private mutating func write(_ bytes: UnsafeRawPointer, _ count: Int) throws(ParentGone) {
        var done = 0
        while done < count {
            #if canImport(Glibc)
            let written = Glibc.write(descriptor, bytes + done, count - done)
            #else
            let written = Musl.write(descriptor, bytes + done, count - done)
            #endif
            if written > 0 {
                done += written
            } else if errno != EINTR {
                throw ParentGone()
            }
        }
        wroteAt = clock()
    }
}
