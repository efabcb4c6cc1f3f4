/// One file that is being followed, whatever its name is by now.
///
/// Used by the input's thread only.
final class FollowedFile {
    let number: FileNumber
    /// Index of the configuration's entry that the file belongs to.
    let group: Int
    let format: FilesOptions.Format
    /// The path under which the file was found.
    var path: String
    /// Where the file really is, links followed, as of the last time it was opened.
    var realPath: String

    /// -1 while the file is not open.
    var descriptor: Int32 = -1
    /// inotify's number for the file; -1 without.
    var watch: Int32 = -1

    /// Nil until the file has its first byte.
    var key: FileKey?
    var generation: UInt64 = 0
    var identity: UInt64 = 0
    var fingerprint = FileFingerprint.empty
    /// Where reading of this generation began.
    var origin: UInt64 = 0
    /// Every physical line that starts before this has been worked off.
    var consumed: UInt64 = 0
    /// The line at `consumed` is too long and has no newline before this; 0 when it is not.
    var scanned: UInt64 = 0
    /// Size and names as last seen.
    var size: UInt64 = 0
    var links = 1
    var lanes: [FileLane] = []

    /// Bytes of lines whose last part has not come.
    var partBytes = 0
    /// Such lines have been forgotten: they are read again from their beginning.
    var isRewound = false
    /// Begin behind what the file holds: it was there before us, and `start` is `now`.
    var beginsAtEnd = false
    /// Waiting in the queue of files that have something to read.
    var isQueued = false
    /// Nothing to follow: compressed.
    var isIgnored = false
    /// The name under which it was found leads elsewhere, or nowhere.
    var isRotated = false
    /// Still found by the patterns.
    var isListed = true
    /// Rotated and done: kept only so that it is known when something touches it.
    var isDormant = false
    /// It was said that the file cannot be opened.
    var isReported = false
    /// How often in a row nothing led to it.
    var misses = 0
    /// When it last grew, in monotonic milliseconds.
    var grownAt: Int64 = 0
    /// When it was last read, by the count of turns.
    var lastTurn: UInt64 = 0

    /// Makes a file that has not been read.
    init(number: FileNumber, group: Int, format: FilesOptions.Format, path: String) {
        self.number = number
        self.group = group
        self.format = format
        self.path = path
        realPath = path
    }

    /// The names of the streams that its format has.
    var streamNames: [String] { format == .lines ? [""] : ["stdout", "stderr"] }

    /// The position of one of its streams.
    func position(of lane: FileLane, noted: Int64) -> FilePosition {
        FilePosition(
            generation: generation,
            offset: lane.offset(consumed: consumed),
            origin: origin,
            fingerprint: fingerprint,
            noted: noted,
            path: realPath
        )
    }

    /// Where the next byte to look at stands.
    var readOffset: UInt64 { max(consumed, scanned) }
}
