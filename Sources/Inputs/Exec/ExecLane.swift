internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One stream of a service on its way to the agent.
///
/// Used by the input's thread only.
final class ExecLane {
    let descriptor: Int32
    private(set) var isOpen = true
    /// There is something to read.
    var isReady = false

    private let stream: ExecStream
    private let source: SourceStream
    private let passing: ExecOptions.Passing
    private let runID: UInt64
    private var splitter = LineSplitter()

    init(_ stream: ExecStream, of session: ExecSession, options: ExecOptions, runID: UInt64) {
        self.stream = stream
        self.runID = runID
        passing = options.passing
        descriptor = session.descriptor(of: stream)
        source = SourceStream(
            SourceStream.Origin(
                input: "exec",
                key: "exec:\(stream.rawValue)",
                fallbackService: options.service,
                stream: stream.rawValue
            )
        )
    }

    /// Reads once.
    func read(into writer: BatchWriter, now: Int64) {
        let room = splitter.room()
        let count = FileDescriptors.read(descriptor, into: room)
        if count > 0 {
            if case .pieces(let pass) = passing {
                pass(stream, UnsafeBufferPointer(rebasing: room.bindMemory(to: UInt8.self)[..<count]))
            }
            splitter.received(count) { take($0, into: writer, now, isWhole: true) }
        } else if count == 0 || errno != EINTR && errno != EAGAIN {
            isOpen = false
        }
    }

    /// What is left is a line although no newline ends it.
    func finish(into writer: BatchWriter, now: Int64) {
        splitter.finish { take($0, into: writer, now, isWhole: false) }
    }

    private func take(_ line: LineSplitter.Line, into writer: BatchWriter, _ now: Int64, isWhole: Bool) {
        if case .lines(let pass) = passing { pass(stream, line.text, isWhole) }
        writer.append(line.text, stream: source, time: now, identity: (runID, line.offset), isCut: line.isCut)
    }
}
