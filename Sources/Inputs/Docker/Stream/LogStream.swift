package import RecordPath

/// One stream of one container: from messages to lines that were never read before.
///
/// A class, because it lives as long as its container and is found by the batches that hold its lines. Used by
/// one thread.
package final class LogStream {
    /// Where its lines come from; a new one when the container is renamed.
    package var source: SourceStream
    /// How often the engine has lost lines, since this was last asked.
    package private(set) var gaps = 0

    private let writer: BatchWriter
    private let progress: LogProgress
    private var joiner: LineJoiner
    private var matcher: ResumeMatcher
    /// The time of the message that came last, known or new; `Int64.min` before the first.
    private var messageTime = Int64.min
    /// The time of a line that was open when its connection broke: it will come again from its beginning.
    private var carriedTime: Int64?

    /// Makes a stream that goes on behind `history`.
    package init(
        source: SourceStream,
        history: StreamHistory,
        partsHaveOwnTimes: Bool,
        writer: BatchWriter,
        progress: LogProgress
    ) {
        self.source = source
        self.writer = writer
        self.progress = progress
        joiner = LineJoiner(partsHaveOwnTimes: partsHaveOwnTimes)
        matcher = ResumeMatcher(history: history)
    }

    /// The lines that the position remembers.
    package var history: StreamHistory { matcher.history }

    /// The time of a line that has begun and not ended; reading must never go on behind it.
    package var openTime: Int64? {
        guard let open = joiner.openTime else { return carriedTime }
        return min(open, carriedTime ?? open)
    }

    /// Bytes of a line that has begun and not ended.
    package var heldBytes: Int { joiner.heldBytes }

    /// One message of the log driver, with its timestamp; `fallbackTime` when it has none.
    @inline(__always)
    package func take(message: UnsafeBufferPointer<UInt8>, fallbackTime: Int64) {
        let prefix = EngineTime.prefix(of: message)
        let time = prefix?.time ?? fallbackTime
        var content = UnsafeBufferPointer(rebasing: message[(prefix?.length ?? 0)...])
        let endsLine = content.last == 0x0A
        if endsLine { content = UnsafeBufferPointer(rebasing: content.dropLast()) }
        take(content, time: time, endsLine: endsLine)
    }

    /// The same without its timestamp and its final newline.
    @inline(__always)
    package func take(_ content: UnsafeBufferPointer<UInt8>, time: Int64, endsLine: Bool) {
        messageTime = time
        guard joiner.isEmpty, endsLine, content.count <= LineJoiner.lineBytesMax else {
            return join(content, time: time, endsLine: endsLine)
        }
        deliver(content, time: time, isCut: false)
    }

    /// Before a message of this time: an open line that it shows to be over is a line; whether none is open now.
    package func interrupt(by time: Int64) -> Bool {
        while let line = joiner.interrupted(by: time) { deliver(line.content, time: line.time, isCut: line.isCut) }
        return joiner.isEmpty
    }

    /// One whole line; a time of 0 stands for none.
    package func take(line: LineJoiner.Line, fallbackTime: Int64) {
        let time = line.time == 0 ? fallbackTime : line.time
        messageTime = time
        deliver(line.content, time: time, isCut: line.isCut)
    }

    /// Whether a message of this time, the engine's last of this stream, has been read.
    package func hasRead(_ time: Int64) -> Bool {
        time <= (messageTime == .min ? matcher.history.latest : messageTime)
    }

    /// A new connection has been opened; the engine sends what is not older than `since`.
    package func reconnected(since: Int64) { matcher.reconnected(since: since) }

    /// Reading goes on exactly where it ended.
    package func continued() { matcher.continued() }

    /// The connection has broken: what was open will be read again.
    ///
    /// `open` is a time known from elsewhere.
    package func disconnected(open: Int64? = nil) {
        carriedTime = open ?? openTime
        joiner.reset()
    }

    /// The log has been read to its end and the container is not running: an open line is a line.
    package func finish() {
        guard let line = joiner.finish() else { return }
        deliver(line.content, time: line.time, isCut: line.isCut)
    }

    /// The gaps since this was last asked.
    package func takeGaps() -> Int {
        defer { gaps = 0 }
        return gaps
    }

    private func join(_ content: UnsafeBufferPointer<UInt8>, time: Int64, endsLine: Bool) {
        _ = interrupt(by: time)
        if let line = joiner.add(content, time: time, endsLine: endsLine) {
            deliver(line.content, time: line.time, isCut: line.isCut)
        }
    }

    @inline(__always)
    private func deliver(_ content: UnsafeBufferPointer<UInt8>, time: Int64, isCut: Bool) {
        switch matcher.take(content, time: time) {
        case .known: return
        case .new(let line): append(content, line, isCut)
        case .newAfterGap(let line):
            gaps += 1
            append(content, line, isCut)
        }
    }

    /// Notes the line only after the writer has it: the writer may ask for the position before that.
    @inline(__always)
    private func append(_ content: UnsafeBufferPointer<UInt8>, _ line: LineFingerprint, _ isCut: Bool) {
        let identity = (UInt64(bitPattern: line.time), line.ordinal)
        guard writer.append(content, stream: source, time: line.time, identity: identity, isCut: isCut) else { return }
        matcher.note(line)
        progress.newest = line.time
        carriedTime = nil
    }
}
