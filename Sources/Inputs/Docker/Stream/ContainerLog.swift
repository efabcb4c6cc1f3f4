package import RecordPath

/// The log of one container: bytes of its log stream in, lines and positions out.
///
/// No I/O.
///
/// Both streams of a container go to one worker, so a batch covers both of them up to one place of the engine's
/// log; a position of either says where to go on for both. Without that, a container whose stderr has been silent
/// for a week would be read from a week ago at each start.
///
/// A class, because it lives as long as its container. Used by one thread.
package final class ContainerLog {
    /// What `since` goes back behind the last line: the two streams take their times before they wait for the log's
    /// lock, so the log is not quite in the order of its times.
    ///
    /// Seen: microseconds; seconds are safe.
    package static let overlapNanoseconds: Int64 = 3_000_000_000

    /// Why the stream cannot be read on.
    package enum Failure: Error, Equatable {
        case frame(FrameDecoder.Failure)
        /// The engine says, in the stream, that it cannot read the container's log.
        case engine
    }

    /// What the container is.
    package private(set) var details: ContainerDetails
    /// stdout and stderr; with a terminal all is stdout.
    package let streams: [LogStream]

    /// Where its streams have been read to in the engine's own files; nil when it was read through the engine.
    package var places: [LogFilePlace?]?

    private let writer: BatchWriter
    private let progress: LogProgress
    private let floor: Int64
    private var drained: Int64
    private var frames = FrameDecoder()
    private var terminal = TerminalDecoder()

    private static let names = ["stdout", "stderr"]

    /// Makes the log of a container.
    ///
    /// `positions` are those of the last run; without them reading begins at `floor`.
    package init(_ details: ContainerDetails, floor: Int64, positions: [String: String], writer: BatchWriter) {
        self.details = details
        self.writer = writer
        let known = Self.names.map { positions[Self.key(details.id, $0)].flatMap { StreamPosition($0) } }
        places = zip(Self.names, known).map { name, position in
            positions[LogFilePlace.key(details.id, name)].flatMap {
                LogFilePlace($0, after: position?.history.last)
            }
        }
        let progress = LogProgress(newest: known.compactMap { $0?.resume }.min())
        self.progress = progress
        self.floor = known.compactMap { $0?.floor }.min() ?? floor
        drained = known.compactMap { $0?.drained }.min() ?? 0
        let first = SourceStream(Self.origin(details, Self.names[0]))
        let sources = [first, Self.source(details, Self.names[1], like: first, writer)]
        streams = zip(sources, known).map { source, position in
            LogStream(
                source: source,
                history: position?.history ?? StreamHistory(),
                partsHaveOwnTimes: details.logDriver == "journald",
                writer: writer,
                progress: progress
            )
        }
    }

    /// The key of a stream's position.
    package static func key(_ id: String, _ stream: String) -> String { "docker:\(id):\(stream)" }

    /// Whether the log was read to its end after the container ended at this time.
    package var isDrained: Bool { details.finishedAt > 0 && drained == details.finishedAt }

    /// The last line of each stream.
    package var lastLines: [LineFingerprint?] { streams.map(\.history.last) }

    /// Where a new connection has to begin.
    ///
    /// `now` guards against a clock that was set back: then everything is read again and matched, for the times of
    /// new lines say nothing.
    package func since(now: Int64) -> Int64 {
        guard let resume = resumeTime else { return floor }
        let since = resume - Self.overlapNanoseconds
        return now < since ? floor : max(floor, since)
    }

    /// The container as it is now; a new name gives new sources.
    package func update(_ details: ContainerDetails) {
        let isRenamed = Self.origin(details, "") != Self.origin(self.details, "")
        self.details = details
        guard isRenamed else { return }
        for (stream, name) in zip(streams, Self.names) {
            stream.source = Self.source(details, name, like: stream.source, writer)
        }
    }

    /// A new connection has been opened with this `since`.
    package func connected(since: Int64) {
        frames = FrameDecoder()
        terminal = TerminalDecoder()
        for stream in streams { stream.reconnected(since: since) }
    }

    /// Reading goes on exactly where it ended, in the engine's own files.
    package func continued() { for stream in streams { stream.continued() } }

    /// The next message from the engine's own files, without its final newline.
    package func take(_ content: UnsafeBufferPointer<UInt8>, time: Int64, endsLine: Bool, stream: Int) {
        let isTerminalLine = details.hasTerminal && endsLine && content.last == 0x0D
        let content = isTerminalLine ? UnsafeBufferPointer(rebasing: content.dropLast()) : content
        streams[stream].take(content, time: time, endsLine: endsLine)
    }

    /// The connection has gone without an end.
    package func disconnected() {
        streams[0].disconnected(open: details.hasTerminal ? terminal.openTime : nil)
        streams[1].disconnected()
    }

    /// The next bytes of the log stream.
    package func take(_ chunk: UnsafeBufferPointer<UInt8>, now: Int64) throws(Failure) {
        var chunk = chunk
        guard !details.hasTerminal else {
            while let line = terminal.next(&chunk) { streams[0].take(line: line, fallbackTime: now) }
            return
        }
        while let frame = try nextFrame(&chunk) {
            switch frame.kind {
            case .stdout, .stdin: streams[0].take(message: frame.payload, fallbackTime: now)
            case .stderr: streams[1].take(message: frame.payload, fallbackTime: now)
            case .systemError: throw .engine
            }
        }
    }

    /// The log has been read to its end.
    ///
    /// A container that is not running ends its open lines, too.
    package func finish(now: Int64) {
        endLines(now: now)
        settle()
    }

    /// The first half of `finish`: open lines are lines.
    package func endLines(now: Int64) {
        guard !details.isRunning else { return disconnected() }
        if details.hasTerminal, let line = terminal.finish() {
            streams[0].take(line: line, fallbackTime: now)
        }
        for stream in streams { stream.finish() }
    }

    /// The second half of `finish`: it is kept that all has been read.
    package func settle() {
        guard !details.isRunning else { return }
        drained = details.finishedAt
        mark { writer.mark($0, $1, stream: $2) }
    }

    /// Whether the engine's last message has been read, or shall not be.
    package func hasRead(_ message: TailMessage) -> Bool {
        let isOpenLine = details.hasTerminal && (terminal.openTime.map { message.time <= $0 } ?? false)
        return message.time < floor || isOpenLine || streams[message.isError ? 1 : 0].hasRead(message.time)
    }

    /// Puts the positions into a batch that is about to go.
    package func mark(in batch: RecordBatch) { mark { key, position, _ in batch.mark(key, position) } }

    /// Bytes of lines that have begun and not ended.
    package var heldBytes: Int { streams[0].heldBytes + streams[1].heldBytes + terminal.heldBytes }

    /// Lost lines since this was last asked.
    package func takeGaps() -> Int { streams.reduce(0) { $0 + $1.takeGaps() } }

    /// The oldest time that a line which is not covered can have; nil before the first line.
    private var resumeTime: Int64? {
        guard let newest = progress.newest else { return nil }
        let open = streams.compactMap(\.openTime) + (terminal.openTime.map { [$0] } ?? [])
        return open.min().map { min($0, newest) } ?? newest
    }

    private func mark(_ body: (String, String?, SourceStream) -> Void) {
        let resume = resumeTime ?? floor
        for stream in streams {
            let position = StreamPosition(floor: floor, resume: resume, drained: drained, history: stream.history)
            body(stream.source.origin.key, position.text, stream.source)
        }
        for (index, place) in (places ?? []).enumerated() {
            guard let place else { continue }
            let stream = streams[index]
            body(stream.source.origin.key + ".file", place.text(after: stream.history.last), stream.source)
        }
    }

    private func nextFrame(
        _ chunk: inout UnsafeBufferPointer<UInt8>
    ) throws(Failure) -> FrameDecoder.Frame? {
        do throws(FrameDecoder.Failure) { return try frames.next(&chunk) } catch { throw .frame(error) }
    }

    private static func origin(_ details: ContainerDetails, _ stream: String) -> SourceStream.Origin {
        SourceStream.Origin(
            input: "docker",
            key: key(details.id, stream),
            declaredService: details.declaredService,
            fallbackService: details.name,
            stream: stream,
            container: details.name,
            containerID: details.id,
            image: details.image,
            labels: details.labels
        )
    }

    /// A source that belongs to the same worker as another.
    ///
    /// Ids are handed out one by one, so this takes about as many tries as there are workers.
    private static func source(
        _ details: ContainerDetails,
        _ stream: String,
        like other: SourceStream,
        _ writer: BatchWriter
    ) -> SourceStream {
        while true {
            let source = SourceStream(origin(details, stream))
            if writer.worker(of: source) == writer.worker(of: other) { return source }
        }
    }
}
