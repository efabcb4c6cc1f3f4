internal import RecordPath

/// Cuts the engine's multiplexed log stream into frames, by their lengths only.
///
/// A frame is eight bytes (kind, three zeros, length as 32 bits big-endian) and a payload: one message of the log
/// driver, at most one line. Network chunks mean nothing. Pull style, so that nothing is copied but a frame that
/// a chunk leaves unfinished:
///
///     while let frame = try decoder.next(&chunk) { … }
package struct FrameDecoder: ~Copyable {
    /// A longer frame is refused: the engine's messages are 16 KiB, so the stream is out of step or hostile.
    package static let payloadBytesMax = 4 * 1024 * 1024

    /// What a frame carries.
    package enum Kind: UInt8, Sendable {
        case stdin = 0
        case stdout = 1
        case stderr = 2
        /// The engine could not read the container's log; the payload says why.
        case systemError = 3
    }

    /// One whole frame; `payload` is valid until the next call of `next` or the end of the chunk.
    package struct Frame {
        package var kind: Kind
        package var payload: UnsafeBufferPointer<UInt8>
    }

    /// Why the stream cannot be a log stream (any more).
    package enum Failure: Error, Equatable {
        case unknownKind(UInt8)
        case paddingNotZero
        case tooLong(UInt32)
    }

    private static let headerBytes = 8
    /// The beginning of a frame that the chunks so far did not finish.
    private var held = Arena(capacity: 0)
    private var heldIsDone = false

    /// Makes a decoder that stands before the first frame.
    package init() {}

    /// Whether bytes of an unfinished frame are held.
    package var isInsideFrame: Bool { held.count > 0 && !heldIsDone }

    /// The next whole frame, whose bytes are removed from `chunk`.
    ///
    /// Nil: the chunk is used up; go on with the next.
    package mutating func next(_ chunk: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Frame? {
        if heldIsDone { forgetHeld() }
        guard held.count == 0 else { return try nextFromHeld(&chunk) }
        guard let base = chunk.baseAddress, chunk.count >= Self.headerBytes else {
            hold(&chunk, chunk.count)
            return nil
        }
        let (kind, length) = try Self.header(base)
        guard chunk.count - Self.headerBytes >= length else {
            held.reserve(Self.headerBytes + length)
            hold(&chunk, chunk.count)
            return nil
        }
        let payload = UnsafeBufferPointer(start: base + Self.headerBytes, count: length)
        chunk = UnsafeBufferPointer(rebasing: chunk.dropFirst(Self.headerBytes + length))
        return Frame(kind: kind, payload: payload)
    }

    private mutating func nextFromHeld(_ chunk: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Frame? {
        if held.count < Self.headerBytes {
            hold(&chunk, Self.headerBytes - held.count)
            guard held.count == Self.headerBytes else { return nil }
        }
        let (kind, length) = try Self.header(held.base)
        hold(&chunk, Self.headerBytes + length - held.count)
        guard held.count == Self.headerBytes + length else { return nil }
        heldIsDone = true
        return Frame(kind: kind, payload: UnsafeBufferPointer(start: held.base + Self.headerBytes, count: length))
    }

    private mutating func hold(_ chunk: inout UnsafeBufferPointer<UInt8>, _ wanted: Int) {
        let taken = min(wanted, chunk.count)
        held.append(UnsafeBufferPointer(rebasing: chunk.prefix(taken)))
        chunk = UnsafeBufferPointer(rebasing: chunk.dropFirst(taken))
    }

    /// One huge frame must not keep its memory for the life of the container.
    private mutating func forgetHeld() {
        if held.capacity > 4 * 1024 { held = Arena(capacity: 0) } else { held.removeAll() }
        heldIsDone = false
    }

    /// Invariant: eight bytes are readable at `base`.
    private static func header(_ base: UnsafePointer<UInt8>) throws(Failure) -> (Kind, Int) {
        guard let kind = Kind(rawValue: base[0]) else { throw .unknownKind(base[0]) }
        guard base[1] | base[2] | base[3] == 0 else { throw .paddingNotZero }
        let length = UnsafeRawPointer(base + 4).loadUnaligned(as: UInt32.self).bigEndian
        guard length <= UInt32(payloadBytesMax) else { throw .tooLong(length) }
        return (kind, Int(length))
    }
}
