/// What the frames of one slot add up to.
struct Replay {
    private(set) var state = CommittedState()
    /// Of the last change.
    private(set) var number: UInt64
    /// Frames that do not hold although later ones do.
    private(set) var damagedFrames: UInt64 = 0

    private let bytes: [UInt8]
    private let salt: UInt64
    private var names: [UInt64: String] = [:]

    private typealias Found = (frame: CommitFrame, number: UInt64, end: Int)

    /// Applies all frames; nil when the snapshot does not hold.
    init?(_ bytes: [UInt8], _ header: FileHeader) {
        self.bytes = bytes
        salt = header.salt
        number = 0
        guard let first = frame(at: FileHeader.bytes), first.frame.isSnapshot else { return nil }
        state.apply(first.frame.edit)
        number = first.number
        var offset = first.end
        while let next = next(from: offset) {
            damagedFrames += next.number - number - 1
            state.apply(next.frame.edit)
            (number, offset) = (next.number, next.end)
        }
    }

    /// The next frame that holds, at `offset` or at a later multiple of 8.
    private mutating func next(from offset: Int) -> Found? {
        for place in stride(from: offset, to: bytes.count, by: 8) where bytes[place] == 0x4D {
            if let found = frame(at: place), found.number > number { return found }
        }
        return nil
    }

    private mutating func frame(at offset: Int) -> Found? {
        guard let header = CommitFrame.Header(bytes, at: offset), header.holds(bytes, at: offset, salt: salt) else {
            return nil
        }
        let start = offset + CommitFrame.headerBytes
        guard let frame = try? CommitFrame(bytes[start..<(start + header.payloadBytes)], names: &names) else {
            return nil
        }
        return (frame, header.number, offset + header.frameBytes)
    }
}
