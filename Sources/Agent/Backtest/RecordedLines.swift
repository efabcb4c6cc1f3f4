import Inputs
import RecordPath

/// Cuts a recorded log into lines, takes them out of the frames of container engines, and gathers them in batches.
///
/// Framed (json-file, CRI) or with a time in front (`docker logs --timestamps`): the engine's time is the line's. A
/// line without any time has that of the line before it.
struct RecordedLines: ~Copyable {
    /// What a longer line is cut to.
    private static let lineBytesMax = 1 << 20

    private let stream: SourceStream
    private let send: (RecordBatch) -> Void
    private var batch = RecordBatch()
    private var index: UInt32 = 0
    private var rest: [UInt8] = []
    private var docker = DockerFrame()
    /// Parts of one line of stdout and stderr.
    private var parts: [[UInt8]] = [[], []]
    private var time: Int64 = 0

    init(_ stream: SourceStream, send: @escaping (RecordBatch) -> Void) {
        self.stream = stream
        self.send = send
        begin()
    }

    /// Takes the next piece of the file.
    mutating func take(_ piece: UnsafeBufferPointer<UInt8>) {
        var start = piece.startIndex
        while let end = piece[start...].firstIndex(of: 0x0A) {
            let line = UnsafeBufferPointer(rebasing: piece[start..<end])
            if rest.isEmpty {
                add(line)
            } else {
                keep(line)
                addRest()
            }
            start = end + 1
        }
        if start < piece.endIndex { keep(UnsafeBufferPointer(rebasing: piece[start...])) }
    }

    /// The file has ended.
    mutating func finish() {
        if !rest.isEmpty { addRest() }
        for index in parts.indices where !parts[index].isEmpty {
            parts[index].withUnsafeBufferPointer { put($0) }
            parts[index] = []
        }
        flush()
    }

    private mutating func keep(_ bytes: UnsafeBufferPointer<UInt8>) {
        rest.append(contentsOf: bytes.prefix(Self.lineBytesMax - min(rest.count, Self.lineBytesMax)))
    }

    private mutating func addRest() {
        let line = rest
        rest.removeAll(keepingCapacity: true)
        line.withUnsafeBufferPointer { add($0) }
    }

    private mutating func add(_ line: UnsafeBufferPointer<UInt8>) {
        if line.count > 7, line[0] == 0x7B, line[1] == 0x22, line[2] == 0x6C, line[3] == 0x6F, line[4] == 0x67 {
            if let frame = docker.decode(line) { return add(frame) }
        }
        if line.count > 22, line[4] == 0x2D, line[10] == 0x54 {
            if let frame = CRIFrame.decode(line) { return add(frame) }
            if let space = line.prefix(40).firstIndex(of: 0x20),
                let time = FrameTime.parse(UnsafeBufferPointer(rebasing: line[..<space]))
            {
                self.time = time
                // What is left of a line of text may lack a time of its own, and has this one.
                return put(UnsafeBufferPointer(rebasing: line[(space + 1)...]))
            }
        }
        put(line)
    }

    private mutating func add(_ frame: FramedLine) {
        if let time = frame.time { self.time = time }
        let index = frame.isError ? 1 : 0
        guard frame.isPartial || !parts[index].isEmpty else { return put(frame.text) }
        parts[index].append(
            contentsOf: frame.text.prefix(Self.lineBytesMax - min(parts[index].count, Self.lineBytesMax))
        )
        guard !frame.isPartial else { return }
        let line = parts[index]
        parts[index] = []
        line.withUnsafeBufferPointer { put($0) }
    }

    private mutating func put(_ line: UnsafeBufferPointer<UInt8>) {
        var line = UnsafeBufferPointer(rebasing: line.prefix(Self.lineBytesMax))
        if line.last == 0x0D { line = UnsafeBufferPointer(rebasing: line.dropLast()) }
        batch.append(line, stream: index, time: time, identity: (0, 0))
        if batch.bytes.count >= RecordBatch.targetBytes { flush() }
    }

    private mutating func begin() {
        batch = RecordBatch()
        index = batch.add(stream: stream)
    }

    private mutating func flush() {
        guard !batch.lines.isEmpty else { return }
        send(batch)
        begin()
    }
}
