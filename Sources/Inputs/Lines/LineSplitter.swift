#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Cuts a byte stream that cannot be read twice (a pipe) into lines, whatever the chunks are that it arrives in.
///
/// Memory is bounded: of a line that is longer than the limit its beginning is kept and the rest is skipped.
package struct LineSplitter: ~Copyable {
    /// What a line may hold; of a longer one this much is kept.
    package static let maxLineBytes = 1 << 20
    /// Room offered to every read.
    package static let readBytes = 256 * 1024

    /// One line without its newline.
    ///
    /// `text` is borrowed for the call.
    package struct Line {
        package var text: UnsafeBufferPointer<UInt8>
        /// Where the line starts in the stream.
        package var offset: UInt64
        /// The line was longer than the limit.
        package var isCut: Bool
    }

    // Invariant: `capacity` bytes from `base` belong to this splitter alone; start <= scanned <= end <= capacity.
    private let base: UnsafeMutablePointer<UInt8>
    private let capacity: Int
    private let limit: Int
    private let chunk: Int
    /// First byte of the line being gathered.
    private var start = 0
    /// No newline stands between `start` and here.
    private var scanned = 0
    private var end = 0
    /// Position of `start` in the stream.
    private var offset: UInt64 = 0
    /// Bytes of the line being gathered that were not kept.
    private var skipped: UInt64 = 0

    /// Makes a splitter; the sizes are parameters for tests.
    package init(maxLineBytes: Int = Self.maxLineBytes, readBytes: Int = Self.readBytes) {
        precondition(maxLineBytes > 0 && readBytes > 0)
        limit = maxLineBytes
        chunk = readBytes
        capacity = maxLineBytes + readBytes
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Room for at least one read.
    ///
    /// What is read there is handed over by `received`.
    package mutating func room() -> UnsafeMutableRawBufferPointer {
        if capacity - end < chunk {
            memmove(base, base + start, end - start)
            scanned -= start
            end -= start
            start = 0
        }
        return UnsafeMutableRawBufferPointer(start: base + end, count: capacity - end)
    }

    /// Takes `count` bytes that now stand in the room and calls `body` with every line that they complete.
    package mutating func received(_ count: Int, _ body: (Line) -> Void) {
        precondition(count >= 0 && count <= capacity - end)
        end += count
        while let newline = memchr(base + scanned, 0x0A, end - scanned) {
            let stop = base.distance(to: newline.assumingMemoryBound(to: UInt8.self))
            emit(upTo: stop, body)
            offset += UInt64(stop - start) + skipped + 1
            skipped = 0
            start = stop + 1
            scanned = start
        }
        if end - start > limit {
            skipped += UInt64(end - start - limit)
            end = start + limit
        }
        scanned = end
        if start == end { (start, scanned, end) = (0, 0, 0) }
    }

    /// The stream has ended: what is left is a line although no newline ends it.
    package mutating func finish(_ body: (Line) -> Void) {
        guard end > start else { return }
        emit(upTo: end, body)
        offset += UInt64(end - start) + skipped
        (start, scanned, end, skipped) = (0, 0, 0, 0)
    }

    private func emit(upTo stop: Int, _ body: (Line) -> Void) {
        let length = stop - start
        let text = UnsafeBufferPointer(start: UnsafePointer(base + start), count: min(length, limit))
        body(Line(text: text, offset: offset, isCut: skipped > 0 || length > limit))
    }
}
