internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads the files that are being followed, one turn of one file at a time, and gives their lines away.
///
/// Nothing of a file is kept between turns but offsets: a line that has no newline yet is read again when the
/// file has grown. Used by the input's thread only.
final class FileReader {
    /// How a turn ended.
    enum Turn: Equatable {
        /// The turn is over and there is more to read.
        case more
        /// Everything is read but perhaps a beginning of a line.
        case drained
        /// The file could not be read; the text says why.
        case failed(String)
        /// The agent is shutting down.
        case refused
    }

    /// Bytes asked for at once.
    static let chunkBytes = 256 * 1024
    /// After so many bytes it is the next file's turn.
    static let turnBytes = 4 << 20

    let writer: BatchWriter
    let maxLineBytes: Int
    let now: () -> Int64
    let truncated: (FollowedFile) -> Void
    var frame = DockerFrame()
    /// Of all files together.
    var partBytes = 0
    /// Invariant: `capacity` bytes that belong to this reader alone.
    let buffer: UnsafeMutablePointer<UInt8>
    private let capacity: Int

    /// Makes a reader; `truncated` hears of files that lost bytes nobody had read.
    init(
        writer: BatchWriter,
        maxLineBytes: Int = LineSplitter.maxLineBytes,
        now: @escaping () -> Int64,
        truncated: @escaping (FollowedFile) -> Void
    ) {
        self.writer = writer
        self.maxLineBytes = maxLineBytes
        self.now = now
        self.truncated = truncated
        capacity = max(maxLineBytes + 1, Self.chunkBytes)
        buffer = .allocate(capacity: capacity)
    }

    deinit { buffer.deallocate() }

    /// Reads what an open file has, up to the limit of a turn.
    func turn(_ file: FollowedFile) -> Turn {
        let start = file.consumed
        let end = read(file)
        countParts(of: file)
        // A line that fills a whole turn would never end if it were begun again.
        if partBytes > Self.partBytesMax, end == .drained || firstPart(of: file) ?? 0 > start { rewind(file) }
        return end
    }

    /// A turn, whatever it leaves behind.
    func read(_ file: FollowedFile) -> Turn {
        guard let isSame = verify(file) else { return .failed(Self.problem()) }
        if !isSame, !beginGeneration(file) { return .refused }
        var budget = Self.turnBytes
        var wanted = Self.chunkBytes
        while budget > 0 {
            let (from, generation) = (file.readOffset, file.generation)
            guard file.size > from else { return .drained }
            let count = pread(file.descriptor, buffer, wanted, off_t(clamping: from))
            guard count > 0 else { return count == 0 ? .drained : .failed(Self.problem()) }
            guard let taken = take(file, count, from: from) else { return .failed(Self.problem()) }
            guard taken else { return .refused }
            budget -= count
            if file.generation != generation || file.readOffset > from {
                wanted = Self.chunkBytes
            } else if count < wanted {
                return .drained
            } else {
                wanted = capacity
            }
        }
        return .more
    }

    /// Delivers a chunk that was read at `from`, once it is sure that it belongs to the file as it was known: the file
    /// may have been truncated just before.
    ///
    /// Nil: the file cannot be read; false: shutting down.
    private func take(_ file: FollowedFile, _ count: Int, from: UInt64) -> Bool? {
        let chunk = UnsafeBufferPointer(start: UnsafePointer(buffer), count: count)
        guard let isSame = verify(file) else { return nil }
        // Cut back since: what was read is older than that, and nobody can read it again.
        guard isSame || file.size < from + UInt64(count) else { return beginGeneration(file) }
        guard deliver(chunk, of: file, from: from) else { return false }
        return isSame ? true : beginGeneration(file)
    }

    /// Looks at size and first bytes.
    ///
    /// False: it was truncated, or truncated and written again. Nil: unreadable.
    private func verify(_ file: FollowedFile) -> Bool? {
        guard let facts = FileFacts(descriptor: file.descriptor) else { return nil }
        file.links = facts.links
        let unread = file.size > file.consumed
        file.size = facts.size
        if facts.size < file.readOffset { return unreadLost(file, unread) }
        guard let head = Self.head(of: file.descriptor) else { return nil }
        return head.withUnsafeBufferPointer { head in
            guard file.fingerprint.matches(head) else { return unreadLost(file, unread) }
            if file.fingerprint.length < min(head.count, FileFingerprint.maxLength) {
                file.fingerprint = FileFingerprint(of: head)
            }
            return true
        }
    }

    private func unreadLost(_ file: FollowedFile, _ unread: Bool) -> Bool {
        if unread { truncated(file) }
        return false
    }

    /// The first bytes of a file, as many as a fingerprint covers.
    static func head(of descriptor: Int32) -> [UInt8]? {
        var count = 0
        let head = [UInt8](unsafeUninitializedCapacity: FileFingerprint.maxLength) { bytes, initialized in
            count = pread(descriptor, bytes.baseAddress, FileFingerprint.maxLength, 0)
            initialized = max(0, count)
        }
        return count < 0 ? nil : head
    }

    static func problem() -> String { String(cString: strerror(errno)) }
}
