internal import RecordPath

/// The streams of the journal by the reader's numbers.
///
/// All of them belong to one worker. The journal has one order and one position, and a position may only be kept
/// with the last of the lines before it: spread over workers it would need one for each. The reader brings less
/// than one worker takes.
struct JournalStreams {
    /// Streams remembered so that they stay the same when they are described again.
    private static let maximumStreams = 4096

    /// One source as the input sees it.
    struct Entry {
        var stream: SourceStream
        /// Empty: not from a container.
        var containerID: String
        /// The container comes in through the engine, or is our own.
        ///
        /// Asked once for each frame.
        var isElsewhere = false
        var askedInFrame = 0
    }

    /// The worker of all streams.
    let worker: Int
    private let workerCount: UInt64
    private let isReadElsewhere: (String) -> Bool
    private var entries: [Entry?] = []
    private var streams: [String: SourceStream] = [:]

    init(workerCount: Int, isReadElsewhere: @escaping (String) -> Bool) {
        worker = 0
        self.workerCount = UInt64(max(1, workerCount))
        self.isReadElsewhere = isReadElsewhere
    }

    /// Forgets the numbers: another reader gives its own.
    mutating func restart() { entries.removeAll(keepingCapacity: true) }

    /// Takes over descriptions.
    mutating func describe(_ sources: [(number: UInt16, source: JournalSource)]) throws(JournalProtocolError) {
        for (number, source) in sources {
            guard Int(number) < JournalSourceTable.maximumSources else { throw .badSource }
            while entries.count <= Int(number) { entries.append(nil) }
            entries[Int(number)] = Entry(stream: stream(source.origin), containerID: source.containerID)
        }
    }

    /// The source of a number, for the frame with a number of its own.
    @inline(__always)
    mutating func entry(_ number: UInt16, frame: Int) throws(JournalProtocolError) -> Entry {
        let index = Int(number)
        guard index < entries.count, var entry = entries[index] else { throw .badSource }
        if !entry.containerID.isEmpty, entry.askedInFrame != frame {
            entry.askedInFrame = frame
            entry.isElsewhere = isReadElsewhere(entry.containerID)
            entries[index] = entry
        }
        return entry
    }

    /// The stream of an origin; streams of other workers are made until one is of ours.
    private mutating func stream(_ origin: SourceStream.Origin) -> SourceStream {
        if let known = streams[origin.key], known.origin == origin { return known }
        if streams.count >= Self.maximumStreams { streams.removeAll() }
        var stream = SourceStream(origin)
        while Int(stream.id % workerCount) != worker { stream = SourceStream(origin) }
        streams[origin.key] = stream
        return stream
    }
}
