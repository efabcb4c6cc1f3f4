internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The frame of Docker's json-file driver: `{"log":"text\n","stream":"stdout","time":"2019-…Z"}`.
///
/// A text without its `\n` is a part that more parts follow. Reads JSON strictly, in any order of keys and with
/// unknown ones; what is not such an object is not framed, and the caller keeps it as it is.
package struct DockerFrame: ~Copyable {
    /// The text of the last line, without escapes.
    private var text = Arena(capacity: 32 * 1024)

    /// Makes a decoder.
    package init() {}

    /// Takes one physical line out of its frame; nil when it is not framed like this.
    package mutating func decode(_ line: UnsafeBufferPointer<UInt8>) -> FramedLine? {
        var cursor = JSONCursor(line)
        var frame = FramedLine(
            time: nil,
            isError: false,
            isPartial: true,
            text: UnsafeBufferPointer(start: nil, count: 0)
        )
        var length: Int?
        guard cursor.take(0x7B) else { return nil }
        repeat {
            guard let key = cursor.rawString(), cursor.take(0x3A) else { return nil }
            switch key {
            case "log":
                guard let read = cursor.string(into: &text) else { return nil }
                length = read
            case "stream":
                guard let name = cursor.rawString() else { return nil }
                frame.isError = name == "stderr"
            case "time":
                guard let time = cursor.rawString(), let parsed = FrameTime.parse(time.bytes) else { return nil }
                frame.time = parsed
            default:
                guard cursor.skipValue() else { return nil }
            }
        } while cursor.take(0x2C)
        guard let length, cursor.take(0x7D), cursor.isAtEnd else { return nil }
        frame.isPartial = length == 0 || text.base[length - 1] != 0x0A
        frame.text = UnsafeBufferPointer(start: text.base, count: frame.isPartial ? length : length - 1)
        return frame
    }
}
