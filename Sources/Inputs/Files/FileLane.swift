internal import RecordPath

/// One stream of a followed file and how far it has been read.
///
/// A file with frames has two, and they may belong to different workers, so each has a position of its own.
/// Used by the input's thread only.
final class FileLane {
    let stream: SourceStream
    /// Lines that start before this were delivered by an earlier run.
    var resume: UInt64
    var joiner: PartJoiner
    /// The offset of the last position that was handed on.
    var marked: UInt64

    /// Makes a lane that begins at `resume`.
    init(stream: SourceStream, resume: UInt64, maxLineBytes: Int) {
        self.stream = stream
        self.resume = resume
        joiner = PartJoiner(limit: maxLineBytes)
        marked = resume
    }

    /// Where reading must go on for this stream, when the file has been worked off up to `consumed`.
    func offset(consumed: UInt64) -> UInt64 { joiner.open?.start ?? max(consumed, resume) }
}
