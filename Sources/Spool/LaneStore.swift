/// The segments of one lane on disk, for the one who writes them.
struct LaneStore {
    /// So much is written at once, and kept for the next time.
    private static let bufferBytes = 512 << 10

    let name: String
    let directory: String
    private let files: any SpoolFiles
    private let surroundings: SpoolSurroundings
    private let segmentBytes: Int
    private(set) var segments: [LaneView.Segment] = []
    /// The segment that is written; always the last one of `segments`.
    private var file: Int?
    private var salt: UInt64 = 0
    private var lastNumber: UInt64 = 0
    /// Frames that are not written yet, behind `written` bytes of the segment.
    private var buffer = ByteWriter()
    private var written = 0

    init(_ options: LaneOptions, _ files: any SpoolFiles, _ surroundings: SpoolSurroundings) {
        name = options.name
        directory = "lanes/" + options.name
        segmentBytes = options.segmentBytes
        self.files = files
        self.surroundings = surroundings
    }

    /// Bytes on disk.
    var bytes: Int { segments.reduce(0) { $0 + $1.bytes } }

    // MARK: Opening

    /// Finds the segments that the state refers to, and clears away what was never committed.
    ///
    /// What is settled stays until the state is known to be durable: a frame that was read may be in the kernel's memory
    /// alone, and without it the segments would be needed again.
    mutating func open(_ state: LaneState, _ quarantine: inout Quarantine) throws(SpoolError) {
        let numbers: [UInt64]
        do throws(FileFailure) {
            try files.makeDirectory(directory)
            numbers = try files.list(directory).compactMap { LaneView.number($0) }.sorted()
        } catch {
            throw .file(error)
        }
        lastNumber = max(state.endSegment, numbers.last ?? 0)
        for number in numbers {
            let path = LaneView.path(directory, number)
            if number > state.endSegment {
                try refuseNewer(path)
                try? files.remove(path)
            } else if let segment = try segment(number, path, &quarantine) {
                segments.append(segment)
            }
        }
        forgetSuperseded()
        cut(to: state)
    }

    private func refuseNewer(_ path: String) throws(SpoolError) {
        if case .failure(.newer(let version)) = try header(path) {
            throw .newerVersion(path: path, version: version)
        }
    }

    private func segment(
        _ number: UInt64,
        _ path: String,
        _ quarantine: inout Quarantine
    ) throws(SpoolError) -> LaneView.Segment? {
        switch try header(path) {
        case .success((let header, let bytes)) where header.number == number:
            return .init(number: number, first: header.first, recordsBefore: header.recordsBefore, bytes: bytes)
        case .failure(.newer(let version)): throw .newerVersion(path: path, version: version)
        case .success, .failure(.damaged):
            quarantine.take(path, as: "\(name)-\(path.dropFirst(directory.count + 1))", reason: "damaged header")
            return nil
        }
    }

    /// What can be opened and not read is damaged; what cannot be opened now may be later.
    private func header(_ path: String) throws(SpoolError) -> Result<(FileHeader, bytes: Int), FileHeader.Problem> {
        let file: Int
        do throws(FileFailure) {
            file = try files.open(path, create: false)
        } catch {
            throw .file(error)
        }
        defer { files.close(file) }
        var bytes = [UInt8](repeating: 0, count: FileHeader.bytes)
        guard files.fill(&bytes, from: file, at: 0), let size = try? files.size(file) else {
            return .failure(.damaged)
        }
        do throws(FileHeader.Problem) {
            return .success((try FileHeader.decode(bytes, .segment), size))
        } catch {
            return .failure(error)
        }
    }

    /// Segments of commits that failed have sequences that later segments have again.
    private mutating func forgetSuperseded() {
        var lowest = UInt64.max
        var kept: [LaneView.Segment] = []
        for segment in segments.reversed() {
            if segment.first < lowest {
                kept.append(segment)
                lowest = segment.first
            } else {
                try? files.remove(LaneView.path(directory, segment.number))
            }
        }
        segments = kept.reversed()
    }

    private mutating func cut(to state: LaneState) {
        guard let last = segments.last, last.number == state.endSegment, last.bytes > state.endOffset else { return }
        segments[segments.count - 1].bytes = Int(state.endOffset)
        guard let file = try? files.open(LaneView.path(directory, last.number), create: false) else { return }
        // What stands behind is not read either way.
        try? files.truncate(file, to: Int(state.endOffset))
        files.close(file)
    }

    // MARK: Writing

    /// Writes batches and makes them durable; `state` is where the lane then stands.
    mutating func append(_ batches: [StoredBatch], to state: inout LaneState) throws(FileFailure) {
        for var batch in batches {
            batch.sequence = state.next
            if file == nil || (isBegun && buffer.bytes.count + written + batch.storedBytes > segmentBytes) {
                try endSegment()
                try beginSegment(state)
            }
            BatchFrame.append(batch, recordsBefore: state.recordsAppended, salt: salt, to: &buffer)
            state.next += 1
            state.recordsAppended += UInt64(batch.records)
            // Bounds the buffer; the bytes are synced with the rest.
            if buffer.bytes.count >= Self.bufferBytes { try flush() }
        }
        try flush()
        if let file { try files.sync(file) }
        guard let last = segments.last else { return }
        state.endSegment = last.number
        state.endOffset = UInt64(written)
    }

    /// Whether the segment that is written has a batch.
    private var isBegun: Bool { written + buffer.bytes.count > FileHeader.bytes }

    private mutating func flush() throws(FileFailure) {
        guard let file, !buffer.bytes.isEmpty else { return }
        try files.write(file, buffer.bytes, at: written)
        written += buffer.bytes.count
        segments[segments.count - 1].bytes = written
        buffer.removeAll(keeping: 2 * Self.bufferBytes)
    }

    private mutating func endSegment() throws(FileFailure) {
        guard let file else { return }
        try flush()
        try files.sync(file)
        files.close(file)
        self.file = nil
    }

    private mutating func beginSegment(_ state: LaneState) throws(FileFailure) {
        lastNumber += 1
        let header = FileHeader(
            kind: .segment,
            number: lastNumber,
            first: state.next,
            recordsBefore: state.recordsAppended,
            salt: surroundings.random(),
            madeAt: surroundings.now()
        )
        let file = try files.open(LaneView.path(directory, lastNumber), create: true)
        self.file = file
        salt = header.salt
        written = 0
        segments.append(
            .init(number: lastNumber, first: state.next, recordsBefore: state.recordsAppended, bytes: 0)
        )
        buffer.raw(header.encoded())
        try flush()
        try files.sync(file)
        try files.syncDirectory(directory)
    }

    /// Undoes an `append` that failed: the next one begins a new segment.
    mutating func takeBack(to state: LaneState) {
        close()
        buffer.removeAll()
        while let last = segments.last, last.number > state.endSegment {
            try? files.remove(LaneView.path(directory, last.number))
            segments.removeLast()
        }
        cut(to: state)
    }

    /// Closes the segment that is written.
    mutating func close() {
        if let file { files.close(file) }
        file = nil
    }

    // MARK: Removing

    /// Removes segments that hold nothing any more.
    ///
    /// The one that is written is kept for what comes next, unless room is scarce: nothing but its own bytes may keep
    /// the next batch out.
    mutating func removeSettled(_ state: LaneState, isScarce: Bool = true) {
        while segments.count > 1, segments[1].first <= state.cursor { removeFirst() }
        guard segments.count == 1, state.cursor == state.next, file == nil || (isScarce && isBegun) else { return }
        close()
        removeFirst()
    }

    /// A segment that comes back, because nobody synced the directory, is removed again at the next start.
    private mutating func removeFirst() {
        try? files.remove(LaneView.path(directory, segments[0].number))
        segments.removeFirst()
    }

    /// What must be dropped from the front so that `extra` bytes fit under a quota; nil: nothing.
    func excess(_ extra: Int, quota: Int, _ state: LaneState) -> Settlement? {
        var left = bytes + extra
        var dropped: LaneView.Segment?
        for (segment, next) in zip(segments, segments.dropFirst()) where left > quota {
            left -= segment.bytes
            dropped = next
        }
        guard let dropped, dropped.first > state.cursor else { return nil }
        return Settlement(
            lane: 0,
            first: state.cursor,
            count: dropped.first - state.cursor,
            records: dropped.recordsBefore - state.recordsBeforeCursor
        )
    }
}
