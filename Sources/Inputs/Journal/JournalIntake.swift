internal import RecordPath

/// Turns the frames of journal readers into lines and positions, across restarts of the reader.
///
/// Of one thread.
final class JournalIntake {
    /// How often a position that no line carries is marked, milliseconds.
    private static let markMilliseconds: Int64 = 5_000
    /// The longest wait before `tend` is called again.
    private static let patienceMilliseconds: Int32 = 1_000

    /// A reader has reached the end, with `once`.
    private(set) var hasEnded = false
    private let input: JournalInput
    private let context: InputContext
    private let clock = BatchWriter.monotonicMilliseconds
    private let writer: BatchWriter
    private var streams: JournalStreams
    private var joiner = PartialJoiner()
    private var frameNumber = 0

    /// The last entry taken, at the end of the last frame.
    private var cursor: JournalCursor
    /// The reader begins with the entry at `cursor` itself.
    private var isInclusive: Bool
    /// Where the last run was, while what it had delivered is read again for the lines that were open then.
    private var replay: JournalPosition?
    /// The cursor of the last entry taken in the present frame; borrowed from it.
    private var lastInFrame: UnsafeBufferPointer<UInt8>?
    private var isMarked = true
    private var markedAt: Int64

    init(_ input: JournalInput, _ context: InputContext) {
        self.input = input
        self.context = context
        writer = BatchWriter(sink: context.sink)
        let own = input.environment.own.container
        let isReadElsewhere = input.environment.isReadElsewhere
        streams = JournalStreams(workerCount: context.sink.workerCount) { $0 == own || isReadElsewhere($0) }
        let text = context.positions[input.options.positionKey]
        let kept = text.flatMap { JournalPosition($0) }
        if text != nil, kept == nil {
            context.status.note(input.name, "the position that was kept cannot be read; `start` says where to begin")
            context.status.gap(input.name, reason: JournalGap.corrupt.rawValue)
        }
        cursor = kept?.begin.cursor ?? Self.start(input.options.start, now: context.now())
        isInclusive = kept?.begin.isInclusive ?? false
        replay = kept.flatMap { $0.open.isEmpty ? nil : $0 }
        markedAt = clock()
        let key = input.options.positionKey
        writer.willSend = { [unowned self] batch, worker in
            guard worker == streams.worker else { return }
            batch.mark(key, position.text)
            isMarked = true
            markedAt = clock()
        }
    }

    /// False: the agent is shutting down.
    var isAccepting: Bool { writer.isAccepting }

    /// What a reader that is started now is told.
    var arguments: JournalReaderArguments {
        var arguments = JournalReaderArguments(options: input.options, begin: cursor)
        arguments.isInclusive = isInclusive
        arguments.once = context.once
        arguments.own = input.environment.own
        return arguments
    }

    /// How long a caller may wait before it calls `tend` again, for `poll(2)`.
    var patience: Int32 {
        let due = writer.millisecondsUntilDue
        return due < 0 ? Self.patienceMilliseconds : min(due, Self.patienceMilliseconds)
    }

    /// Makes the place where reading begins durable, before anything is read.
    func begin() {
        writer.mark(input.options.positionKey, position.text, worker: streams.worker)
        writer.flush()
    }

    /// Does what time asks for.
    func tend() {
        let now = clock()
        while let line = joiner.overdue(now: now), writer.isAccepting { emit(line, isCut: true) }
        if !isMarked, now - markedAt >= Self.markMilliseconds { mark() }
        writer.flushDue()
    }

    /// Prepares for another reader.
    func restart() {
        streams.restart()
        writer.flush()
    }

    /// Hands on what is open.
    ///
    /// When everything there was has been read, lines that are still open go out as they are; else the position keeps
    /// them for the next run.
    func finish(isComplete: Bool) {
        if isComplete {
            while let line = joiner.lines.first, writer.isAccepting { emit(line, isCut: true) }
        }
        if !isMarked { mark() }
        writer.flush()
    }

    /// Takes one frame.
    func take(_ frame: JournalFrame, isFailing: Bool) throws(JournalProtocolError) {
        switch frame.kind {
        case .sources: try streams.describe(JournalSource.decode(frame.payload))
        case .entries: try takeEntries(frame.payload)
        case .position:
            guard let place = JournalCursor(frame.text) else { throw .badText }
            moved(to: place)
        case .tick: break
        case .attached: if !isFailing { context.status.up(input.name) }
        case .detached: context.status.down(input.name, frame.text)
        case .gap:
            guard let gap = JournalGap(rawValue: frame.text) else { throw .badText }
            context.status.gap(input.name, reason: gap.rawValue)
        case .note: context.status.note(input.name, frame.text)
        case .ended: hasEnded = true
        }
    }

    private func takeEntries(_ payload: UnsafeRawBufferPointer) throws(JournalProtocolError) {
        frameNumber += 1
        defer { endFrame() }
        var walker = JournalEntryWalker(payload)
        while let entry = try walker.next() {
            if replay == nil || isWanted(entry) { try take(entry) }
            guard writer.isAccepting else { return }
            // Only now: a batch that `take` sent does not hold this entry.
            lastInFrame = entry.cursor
        }
    }

    @inline(__always)
    private func take(_ entry: JournalEntry) throws(JournalProtocolError) {
        let source = try streams.entry(entry.source, frame: frameNumber)
        guard !source.isElsewhere else { return }
        if !source.containerID.isEmpty, entry.flags.contains(.isPart) || !joiner.isEmpty {
            return join(entry, source)
        }
        append(entry, source)
    }

    @inline(__always)
    private func append(_ entry: JournalEntry, _ source: JournalStreams.Entry) {
        writer.append(
            entry.message,
            stream: source.stream,
            time: entry.time,
            identity: entry.identity,
            priority: entry.priority,
            isCut: entry.flags.contains(.isCut)
        )
    }

    /// Takes an entry that is, or may end, a line in parts.
    ///
    /// Engines that give no id mark all parts but the last.
    private func join(_ entry: JournalEntry, _ source: JournalStreams.Entry) {
        let isLast = !entry.flags.contains(.isPart) || entry.flags.contains(.isLastPart)
        let line =
            entry.partial.isEmpty ? source.stream.origin.stream ?? "" : String(decoding: entry.partial, as: UTF8.self)
        guard let name = PartialName(container: source.containerID, line: line),
            let first = JournalCursor(String(decoding: entry.cursor, as: UTF8.self)),
            !isLast || joiner.line(name) != nil
        else { return append(entry, source) }
        let part = PartialJoiner.Line(
            name: name,
            stream: source.stream,
            bytes: Array(entry.message),
            time: entry.time,
            identity: entry.identity,
            first: first,
            isCut: entry.flags.contains(.isCut)
        )
        let now = clock()
        joiner.add(part, now: now)
        if isLast, let whole = joiner.line(name) { emit(whole, isCut: whole.isCut) }
        while let line = joiner.overdue(now: now), writer.isAccepting { emit(line, isCut: true) }
    }

    /// Hands on a joined line.
    ///
    /// It stays open until it is in a batch, so that a batch that is sent before it does not say that it was
    /// delivered.
    private func emit(_ line: PartialJoiner.Line, isCut: Bool) {
        let isTaken = line.bytes.withUnsafeBufferPointer {
            writer.append($0, stream: line.stream, time: line.time, identity: line.identity, isCut: isCut)
        }
        guard isTaken else { return }
        joiner.remove(line.name)
        isMarked = false
    }

    /// While the journal is read again for lines that were open: whether an entry belongs to one.
    private func isWanted(_ entry: JournalEntry) -> Bool {
        guard let until = replay, let place = JournalCursor(String(decoding: entry.cursor, as: UTF8.self)) else {
            return true
        }
        if place.isBehind(until.cursor) {
            replay = nil
            return true
        }
        guard entry.flags.contains(.isPart), let source = try? streams.entry(entry.source, frame: frameNumber) else {
            return false
        }
        let line =
            entry.partial.isEmpty ? source.stream.origin.stream ?? "" : String(decoding: entry.partial, as: UTF8.self)
        return until.open.contains { $0.name.container == source.containerID && $0.name.line == line }
    }

    private func endFrame() {
        guard let last = lastInFrame else { return }
        lastInFrame = nil
        if let place = JournalCursor(String(decoding: last, as: UTF8.self)) { moved(to: place) }
    }

    private func moved(to place: JournalCursor) {
        cursor = place
        isInclusive = false
        isMarked = false
        if let until = replay?.cursor, place.isSameEntry(as: until) || place.isBehind(until) { replay = nil }
    }

    /// Everything up to the last entry taken, which is in batches that were sent or in the open one.
    private var position: JournalPosition {
        if let replay { return replay }
        let last = lastInFrame.flatMap { JournalCursor(String(decoding: $0, as: UTF8.self)) }
        return JournalPosition(cursor: last ?? cursor, open: joiner.open)
    }

    private func mark() {
        writer.mark(input.options.positionKey, position.text, worker: streams.worker)
        isMarked = true
        markedAt = clock()
    }

    private static func start(_ start: JournalOptions.Start, now: Int64) -> JournalCursor {
        let microseconds = UInt64(max(0, now / 1_000))
        switch start {
        case .beginning: return JournalCursor(time: 0)
        case .now: return JournalCursor(time: microseconds)
        case .ago(let duration):
            let (seconds, attoseconds) = duration.components
            // No more than a century, so that nothing overflows.
            let whole = UInt64(min(max(0, seconds), 3_200_000_000))
            let back = whole * 1_000_000 + UInt64(max(0, attoseconds / 1_000_000_000_000))
            return JournalCursor(time: microseconds > back ? microseconds - back : 0)
        }
    }
}
