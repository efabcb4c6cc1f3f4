/// One file that is being followed, whatever its name is by now.
///
/// Used by the input's thread only.
package final class FollowedFile {
    package let number: FileNumber
    /// Index of the configuration's entry that the file belongs to.
    package let group: Int
    package let format: FilesOptions.Format
    /// The path under which the file was found.
    package var path: String
    /// Where the file really is, links followed, as of the last time it was opened.
    package var realPath: String

    /// -1 while the file is not open.
    package var descriptor: Int32 = -1
    /// inotify's number for the file; -1 without.
    package var watch: Int32 = -1

    /// Nil until the file has its first byte.
    package var key: FileKey?
    package var generation: UInt64 = 0
    package var identity: UInt64 = 0
    package var fingerprint = FileFingerprint.empty
    /// Where reading of this generation began.
    package var origin: UInt64 = 0
    /// Every physical line that starts before this has been worked off.
    package var consumed: UInt64 = 0
    /// The line at `consumed` is too long and has no newline before this; 0 when it is not.
    package var scanned: UInt64 = 0
    /// Size and names as last seen.
    package var size: UInt64 = 0
    package var links = 1
    package var lanes: [FileLane] = []

    /// Begin behind what the file holds: it was there before us, and `start` is `now`.
    package var beginsAtEnd = false
    /// Waiting in the queue of files that have something to read.
    package var isQueued = false
    /// Nothing to follow: compressed.
    package var isIgnored = false
    /// The name under which it was found leads elsewhere, or nowhere.
    package var isRotated = false
    /// Still found by the patterns.
    package var isListed = true
    /// Rotated and done: kept only so that it is known when something touches it.
    package var isDormant = false
    /// How often in a row nothing led to it.
    package var misses = 0
    /// When it last grew, in monotonic milliseconds.
    package var grownAt: Int64 = 0
    /// When it was last read, by the count of turns.
    package var lastTurn: UInt64 = 0

    /// Makes a file that has not been read.
    package init(number: FileNumber, group: Int, format: FilesOptions.Format, path: String) {
        self.number = number
        self.group = group
        self.format = format
        self.path = path
        realPath = path
    }

    /// The names of the streams that its format has.
    package var streamNames: [String] { format == .lines ? [""] : ["stdout", "stderr"] }

    /// The position of one of its streams.
    package func position(of lane: FileLane, noted: Int64) -> FilePosition {
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
    package var readOffset: UInt64 { max(consumed, scanned) }
}
