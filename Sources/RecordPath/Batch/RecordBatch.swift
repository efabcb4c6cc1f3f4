/// Whole lines of some streams in one arena, as an input hands them to a worker.
///
/// `@unchecked Sendable`, with this invariant: a batch has one owner at a time. The input that fills it gives
/// it away by `BatchSink.send` and never touches it again.
package final class RecordBatch: @unchecked Sendable {
    /// A batch is handed on when it holds this many bytes ….
    package static let targetBytes = 256 * 1024
    /// … or its first line has waited this long (milliseconds).
    package static let targetAgeMilliseconds = 100
    /// … or it has so many lines: short ones take more memory than their bytes.
    package static let linesMax = 4096
    /// A line that is longer goes in a batch of its own.
    package static let longLineBytes = targetBytes

    /// One line without its line end.
    package struct Line {
        /// Where it starts in `bytes`.
        package var offset: UInt32
        package var length: UInt32
        /// Index into `streams`.
        package var stream: UInt32
        /// Severity that the source knows beside the line (journald's PRIORITY 0…7); 255: none.
        package var priority: UInt8
        /// The line was longer than the limit: what is here is its beginning.
        package var isCut: Bool
        /// The source's own time (engine, journal, else when read), nanoseconds since 1970.
        package var time: Int64
        /// Position in the source, part of the document id: engine time and ordinal among equals; file
        /// generation and offset; a journal cursor's hash.
        package var identity: (UInt64, UInt64)
    }

    /// A position that may be kept once every record of this batch is safe.
    package struct Mark: Sendable, Equatable {
        /// The key of the position, usually `SourceStream.Origin.key`.
        package var key: String
        /// What the input needs to go on behind this batch; nil forgets the key.
        package var position: String?

        /// Makes a mark.
        package init(key: String, position: String?) {
            self.key = key
            self.position = position
        }
    }

    package var bytes: Arena
    package var lines: [Line] = []
    package var streams: [SourceStream] = []
    /// The last position for each key; a later one replaces an earlier one.
    package var marks: [Mark] = []

    /// Bytes of memory that it takes.
    package var cost: Int { bytes.capacity + lines.count * MemoryLayout<Line>.stride }

    /// Whether it is one line that is far longer than lines should be.
    package var isLongLine: Bool { bytes.count > Self.longLineBytes }

    /// Makes an empty batch.
    package init(capacity: Int = targetBytes + 16 * 1024) {
        bytes = Arena(capacity: capacity)
    }

    /// Appends one line; `stream` is an index that `add(stream:)` gave.
    ///
    /// Lines are kept apart by a newline byte.
    package func append(
        _ line: UnsafeBufferPointer<UInt8>,
        stream: UInt32,
        time: Int64,
        identity: (UInt64, UInt64),
        priority: UInt8 = 255,
        isCut: Bool = false
    ) {
        let offset = bytes.count
        bytes.append(line)
        bytes.put(0x0A)
        lines.append(
            Line(
                offset: UInt32(offset),
                length: UInt32(line.count),
                stream: stream,
                priority: priority,
                isCut: isCut,
                time: time,
                identity: identity
            )
        )
    }

    /// The index of a stream in this batch, added when it is new.
    ///
    /// Call once per stream and batch, not per line.
    package func add(stream: SourceStream) -> UInt32 {
        if let known = streams.firstIndex(where: { $0 === stream }) { return UInt32(known) }
        streams.append(stream)
        return UInt32(streams.count - 1)
    }

    /// Remembers a position for a key, in place of an earlier one.
    package func mark(_ key: String, _ position: String?) {
        if let known = marks.firstIndex(where: { $0.key == key }) {
            marks[known].position = position
        } else {
            marks.append(Mark(key: key, position: position))
        }
    }
}

/// Takes batches from inputs: the mouth of the record path.
package protocol BatchSink: Sendable {
    /// How many workers there are; a stream's lines all go to worker `stream.id % workerCount`.
    var workerCount: Int { get }
    /// Hands a batch to its worker. Blocks the calling thread while too much is in flight (`agent.memory_limit`).
    /// False: the agent is shutting down, the batch was not taken, the caller must stop reading.
    func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool
}
