internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Cuts the log stream of a container with a terminal into lines.
///
/// Such a stream has no frames: a timestamp, a space, the text up to its newline. The engine cuts long lines into
/// messages of 16 KiB, and each message begins with a timestamp again, so one more stands behind every 16,384
/// bytes of text; it is taken out only at exactly that place. The carriage return that the terminal adds goes too.
package struct TerminalDecoder: ~Copyable {
    private static let messageBytes = 16_384
    /// Text of `LineJoiner.lineBytesMax` with all its timestamps.
    private static let heldBytesMax =
        LineJoiner.lineBytesMax + (LineJoiner.lineBytesMax / messageBytes + 1) * EngineTime.prefixBytes

    private var held = Arena(capacity: 0)
    private var heldIsDone = false
    private var isSkipping = false

    /// Makes a decoder that stands before the first line.
    package init() {}

    /// Bytes of a line whose end has not been seen.
    package var heldBytes: Int { heldIsDone ? 0 : held.count }

    /// The time of a line whose end has not been seen.
    package var openTime: Int64? {
        guard held.count >= EngineTime.prefixBytes, !heldIsDone, !isSkipping else { return nil }
        return EngineTime.fixed(UnsafeBufferPointer(start: held.base, count: held.count))
    }

    /// The next line, removed from `chunk`; its content is valid until the next call or the end of the chunk.
    ///
    /// Nil: the chunk is used up.
    package mutating func next(_ chunk: inout UnsafeBufferPointer<UInt8>) -> LineJoiner.Line? {
        if heldIsDone { forgetHeld() }
        while let base = chunk.baseAddress, chunk.count > 0 {
            let end = memchr(base, 0x0A, chunk.count).map { UnsafeRawPointer($0) - UnsafeRawPointer(base) }
            let taken = UnsafeBufferPointer(rebasing: chunk.prefix(end ?? chunk.count))
            chunk = UnsafeBufferPointer(rebasing: chunk.dropFirst(taken.count + (end == nil ? 0 : 1)))
            if let line = take(taken, endsLine: end != nil) { return line }
        }
        return nil
    }

    /// At the end of the source: what is left of a line without an end.
    package mutating func finish() -> LineJoiner.Line? {
        if heldIsDone { forgetHeld() }
        guard held.count > 0, !isSkipping else { return nil }
        return giveOutHeld(isCut: false)
    }

    private mutating func take(_ bytes: UnsafeBufferPointer<UInt8>, endsLine: Bool) -> LineJoiner.Line? {
        if isSkipping {
            isSkipping = !endsLine
            return nil
        }
        if held.count == 0, endsLine, bytes.count <= Self.messageBytes + EngineTime.prefixBytes {
            return Self.line(bytes, isCut: false)
        }
        let room = Self.heldBytesMax - held.count
        held.append(UnsafeBufferPointer(rebasing: bytes.prefix(room)))
        if bytes.count > room {
            isSkipping = !endsLine
            return giveOutHeld(isCut: true)
        }
        return endsLine ? giveOutHeld(isCut: false) : nil
    }

    private mutating func giveOutHeld(isCut: Bool) -> LineJoiner.Line {
        heldIsDone = true
        let length = Self.withoutInnerTimestamps(held.base, held.count)
        return Self.line(UnsafeBufferPointer(start: held.base, count: length), isCut: isCut)
    }

    private mutating func forgetHeld() {
        if held.capacity > 4 * 1024 { held = Arena(capacity: 0) } else { held.removeAll() }
        heldIsDone = false
    }

    /// Takes the timestamps of later messages out, in place; the new length.
    ///
    /// Invariant: `count` bytes at `base` belong to the caller.
    private static func withoutInnerTimestamps(_ base: UnsafeMutablePointer<UInt8>, _ count: Int) -> Int {
        var read = EngineTime.prefixBytes + messageBytes
        var write = read
        while read < count {
            let rest = UnsafeBufferPointer(start: UnsafePointer(base) + read, count: count - read)
            guard EngineTime.fixed(rest) != nil else { break }
            let part = min(messageBytes, rest.count - EngineTime.prefixBytes)
            memmove(base + write, base + read + EngineTime.prefixBytes, part)
            write += part
            read += EngineTime.prefixBytes + part
        }
        guard read < count else { return min(write, count) }
        memmove(base + write, base + read, count - read)
        return write + count - read
    }

    private static func line(_ bytes: UnsafeBufferPointer<UInt8>, isCut: Bool) -> LineJoiner.Line {
        let prefix = EngineTime.prefix(of: bytes)
        var content = bytes.dropFirst(prefix?.length ?? 0)
        if content.last == 0x0D { content = content.dropLast() }
        if content.count > LineJoiner.lineBytesMax {
            return .init(
                time: prefix?.time ?? 0,
                content: UnsafeBufferPointer(rebasing: content.prefix(LineJoiner.lineBytesMax)),
                isCut: true
            )
        }
        return .init(time: prefix?.time ?? 0, content: UnsafeBufferPointer(rebasing: content), isCut: isCut)
    }
}
