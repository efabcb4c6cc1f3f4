/// Cuts the bytes of the pipe into frames.
package struct JournalFrameDecoder: ~Copyable {
    /// Invariant: `capacity` bytes from here are ours alone; those in `start..<end` have been read.
    private var base: UnsafeMutableRawPointer
    private var capacity: Int
    private var start = 0
    private var end = 0

    /// Makes an empty decoder.
    package init(capacity: Int = 256 * 1024) {
        precondition(capacity >= JournalFrame.headerLength)
        self.capacity = capacity
        base = .allocate(byteCount: capacity, alignment: 16)
    }

    deinit { base.deallocate() }

    /// Forgets what has come: half a frame of a reader that has died.
    package mutating func removeAll() {
        start = 0
        end = 0
    }

    /// Lets `read` write behind what is there; it returns how many bytes it wrote.
    ///
    /// Frames given out before are no longer valid.
    package mutating func fill(_ read: (UnsafeMutableRawBufferPointer) -> Int) -> Int {
        makeRoom()
        let count = read(UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end))
        precondition(count <= capacity - end)
        if count > 0 { end += count }
        return count
    }

    /// The next whole frame, or nil when more bytes must come first.
    package mutating func next() throws(JournalProtocolError) -> JournalFrame? {
        guard let length = try frameLength(), end - start >= length else { return nil }
        guard let kind = JournalFrame.Kind(rawValue: base.load(fromByteOffset: start + 6, as: UInt8.self)) else {
            throw .badHeader
        }
        let payload = UnsafeRawBufferPointer(
            start: base + start + JournalFrame.headerLength,
            count: length - JournalFrame.headerLength
        )
        start += length
        return JournalFrame(kind: kind, payload: payload)
    }

    /// The length of the first frame with its header, once that is there.
    private func frameLength() throws(JournalProtocolError) -> Int? {
        guard end - start >= JournalFrame.headerLength else { return nil }
        let payload = Int(UInt32(littleEndian: (base + start).loadUnaligned(as: UInt32.self)))
        let magic = UInt16(littleEndian: (base + start + 4).loadUnaligned(as: UInt16.self))
        guard magic == JournalFrame.magic, base.load(fromByteOffset: start + 7, as: UInt8.self) == 0 else {
            throw .badHeader
        }
        guard payload <= JournalFrame.maximumPayload else { throw .tooLong(payload) }
        return payload + JournalFrame.headerLength
    }

    /// Moves what is left to the front, and grows when one frame is longer than the buffer.
    ///
    /// A faulty header makes no room: `next` reports it.
    private mutating func makeRoom() {
        let left = end - start
        let frame = (try? frameLength()) ?? nil
        let wanted = max(capacity, frame ?? 0)
        if wanted > capacity {
            let larger = UnsafeMutableRawPointer.allocate(byteCount: wanted, alignment: 16)
            larger.copyMemory(from: base + start, byteCount: left)
            base.deallocate()
            base = larger
            capacity = wanted
        } else if start > 0 {
            base.copyMemory(from: base + start, byteCount: left)
        }
        start = 0
        end = left
    }
}
