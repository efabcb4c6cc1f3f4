internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads lines from standard input until it ends, which ends this input and no other.
///
/// What a pipe has given cannot be read again, so there is no position: a line is identified by a random run id
/// and its offset, and a last line without a newline counts, at the end as well as when reading is stopped.
package struct StdinInput: Input {
    package let name = "stdin"
    private let options: StdinOptions
    private let descriptor: Int32
    private let runID: UInt64

    /// Makes an input that reads `descriptor` and leaves it open.
    package init(
        options: StdinOptions = StdinOptions(),
        descriptor: Int32 = 0,
        runID: UInt64 = .random(in: .min ... .max)
    ) {
        self.options = options
        self.descriptor = descriptor
        self.runID = runID
    }

    package func run(_ context: InputContext) {
        let stream = SourceStream(
            SourceStream.Origin(input: name, key: name, fallbackService: options.service)
        )
        let writer = BatchWriter(sink: context.sink)
        var splitter = LineSplitter()
        context.status.up(name)
        while writer.isAccepting {
            let readiness = context.stop.wait(readable: descriptor, milliseconds: writer.millisecondsUntilDue)
            if readiness == .stopped { break }
            if readiness == .readable {
                guard receive(into: &splitter, for: stream, writer, context) else { break }
            }
            writer.flushDue()
        }
        let time = context.now()
        splitter.finish { append($0, stream, writer, time) }
        writer.flush()
    }

    /// Reads once.
    ///
    /// False: the input has ended.
    private func receive(
        into splitter: inout LineSplitter,
        for stream: SourceStream,
        _ writer: BatchWriter,
        _ context: InputContext
    ) -> Bool {
        let room = splitter.room()
        let count = read(descriptor, room.baseAddress, room.count)
        if count > 0 {
            // A nanosecond a line: lines without a time of their own are then told apart when an output is asked for them.
            var time = context.now()
            splitter.received(count) { line in
                append(line, stream, writer, time)
                time &+= 1
            }
            return true
        }
        if count == 0 { return false }
        if errno == EINTR || errno == EAGAIN { return true }
        context.status.down(
            name,
            "cannot read standard input (\(String(cString: strerror(errno)))); redirect a file or a pipe to it"
        )
        return false
    }

    private func append(_ line: LineSplitter.Line, _ stream: SourceStream, _ writer: BatchWriter, _ time: Int64) {
        writer.append(line.text, stream: stream, time: time, identity: (runID, line.offset), isCut: line.isCut)
    }
}
