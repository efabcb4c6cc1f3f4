internal import RecordPath

/// One run of the files input: lists folders, reads what has grown, waits.
///
/// Used by one thread.
final class FilesSession {
    /// Writers wake us at most this often; what they write meanwhile is read at once.
    private static let coalesceMilliseconds: Int32 = 10
    /// Where inotify does not see everything, folders are listed this often.
    private static let blindRescanMilliseconds: Int64 = 1_000
    /// Folders are listed again this soon after a name in them has changed.
    private static let hintedRescanMilliseconds: Int64 = 20

    let options: FilesOptions
    let context: InputContext
    let name: String
    let writer: BatchWriter
    let reader: FileReader
    let table: FileTable
    var finders: [PathFinder]
    var stored: StoredFilePositions

    /// Files that have something to read.
    var queue: [FollowedFile] = []
    /// Rotated files that will be done when they stay quiet.
    var leaving: [FollowedFile] = []
    var turns: UInt64 = 0
    var isFirstScan = true
    var wantsScan = false
    var scannedAt: Int64 = 0
    var scanMilliseconds: Int64 = 0
    /// What the last listing takes.
    var listedBytes = 0
    /// With `--once`: files that were read and forgotten for those that waited.
    var done: Set<FileNumber> = []
    /// There are more files than there is memory for.
    var lacksRoom = false
    /// Some folders have no watch.
    var lacksFolders = false

    init(options: FilesOptions, context: InputContext, name: String) {
        self.options = options
        self.context = context
        self.name = name
        let writer = BatchWriter(sink: context.sink)
        self.writer = writer
        let status = context.status
        reader = FileReader(writer: writer, now: context.now) { _ in status.gap(name, reason: "truncated") }
        let table = FileTable(
            maxOpen: options.maxOpen,
            tables: context.tables,
            watch: options.usesInotify ? FolderWatch() : nil
        )
        self.table = table
        let listed = context.tables.limit / 512
        finders = options.groups.map { PathFinder(paths: $0.paths, exclude: $0.exclude, maxFiles: listed) }
        stored = StoredFilePositions(context.positions)
        let now = context.now
        writer.willSend = { batch, _ in
            for stream in batch.streams {
                guard let (file, lane) = table.lane(stream: stream.id) else { continue }
                Self.mark(file, lane, at: now()) { batch.mark($0, $1) }
            }
        }
    }

    /// Runs until the agent stops, or, with `--once`, until everything is read.
    func run() {
        scan()
        beginKnown()
        context.status.up(name)
        while writer.isAccepting, !context.stop.isRaised {
            serve()
            writer.flushDue()
            if context.once, queue.isEmpty {
                guard lacksRoom else { break }
                makeRoom()
            }
            if !context.once { settleQuiet() }
            pause()
        }
        if context.once, !context.stop.isRaised { finishAll() }
        for file in table.files.values { markLanes(of: file, behind: 1) }
        writer.flush()
        for file in table.files.values { table.close(file) }
    }

    /// Waits for the next thing to do, and lists folders when it is time.
    private func pause() {
        if queue.isEmpty, let watch = table.watch {
            let readiness = context.stop.wait(readable: watch.descriptor, milliseconds: timeout())
            if readiness == .readable, context.stop.wait(milliseconds: Self.coalesceMilliseconds) { return }
        } else if queue.isEmpty {
            _ = context.stop.wait(milliseconds: timeout())
        }
        takeEvents()
        if BatchWriter.monotonicMilliseconds() >= nextScan { scan() }
    }

    private var nextScan: Int64 {
        // Listing takes a tenth of the time at most, and a fifth when something is known to have changed.
        if wantsScan { return scannedAt + max(Self.hintedRescanMilliseconds, scanMilliseconds * 4) }
        let isBlind = table.watch == nil || table.lacksWatches || lacksFolders
        let period = Self.milliseconds(options.rescan)
        return scannedAt + max(isBlind ? min(period, Self.blindRescanMilliseconds) : period, scanMilliseconds * 9)
    }

    private func timeout() -> Int32 {
        let now = BatchWriter.monotonicMilliseconds()
        let quiet = Self.milliseconds(options.rotatedQuiet)
        var until = nextScan
        for file in leaving { until = min(until, file.grownAt + quiet) }
        let due = writer.millisecondsUntilDue
        let wait = Int32(clamping: max(0, until - now))
        return due < 0 ? wait : min(wait, due)
    }

    /// Hands a lane's position on, when it has moved.
    static func mark(_ file: FollowedFile, _ lane: FileLane, at now: Int64, _ mark: (String, String?) -> Void) {
        let position = file.position(of: lane, noted: now / 1_000_000_000)
        lane.marked = position.offset
        mark(lane.stream.origin.key, position.text)
    }

    /// Marks the lanes that are at least so many bytes ahead of their last mark.
    func markLanes(of file: FollowedFile, behind bytes: UInt64) {
        for lane in file.lanes {
            let offset = lane.offset(consumed: file.consumed)
            guard offset < lane.marked || offset - lane.marked >= bytes else { continue }
            Self.mark(file, lane, at: context.now()) { writer.mark($0, $1, stream: lane.stream) }
        }
    }

    static func milliseconds(_ duration: Duration) -> Int64 {
        let (seconds, attoseconds) = duration.components
        return seconds * 1_000 + attoseconds / 1_000_000_000_000_000
    }
}
