#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The frame of container runtimes under Kubernetes: `2016-10-06T00:17:09.669794202Z stdout F text`.
///
/// `P` instead of `F` marks a part that more parts follow; further tags may stand behind a colon.
package enum CRIFrame {
    /// Takes one physical line out of its frame; nil when it is not framed like this.
    package static func decode(_ line: UnsafeBufferPointer<UInt8>) -> FramedLine? {
        guard let base = line.baseAddress, let first = space(base, line.count, 0), first <= 40,
            let second = space(base, line.count, first + 1),
            let isError = stream(UnsafeBufferPointer(start: base + first + 1, count: second - first - 1)),
            let time = FrameTime.parse(UnsafeBufferPointer(start: base, count: first))
        else { return nil }
        let third = space(base, line.count, second + 1) ?? line.count
        let tags = UnsafeBufferPointer(start: base + second + 1, count: third - second - 1)
        guard let tag = tags.first, tag == 0x46 || tag == 0x50, tags.count == 1 || tags[1] == 0x3A else { return nil }
        let from = min(third + 1, line.count)
        return FramedLine(
            time: time,
            isError: isError,
            isPartial: tag == 0x50,
            text: UnsafeBufferPointer(start: base + from, count: line.count - from)
        )
    }

    private static func space(_ base: UnsafePointer<UInt8>, _ count: Int, _ from: Int) -> Int? {
        guard from < count, let found = memchr(base + from, 0x20, count - from) else { return nil }
        return UnsafeRawPointer(base).distance(to: UnsafeRawPointer(found))
    }

    /// True for stderr, false for stdout.
    private static func stream(_ name: UnsafeBufferPointer<UInt8>) -> Bool? {
        guard let base = name.baseAddress, name.count == 6 else { return nil }
        if memcmp(base, "stdout", 6) == 0 { return false }
        return memcmp(base, "stderr", 6) == 0 ? true : nil
    }
}
