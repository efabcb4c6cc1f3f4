internal import RecordPath
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Reads what a service writes to its stdout and stderr, until both have ended.
///
/// A grandchild may hold the pipes open after the service has ended: it is read for a while longer and then left
/// to the session's keeper. What a pipe has given cannot be read again, so there is no position: a line is
/// identified by a random run id and its offset.
package final class ExecInput: Input {
    package let name = "exec"
    private let session: ExecSession
    private let options: ExecOptions
    private let runID: UInt64
    private let dropped = Atomic<Int>(0)

    /// Makes an input that reads a session's pipes, once.
    package init(session: ExecSession, options: ExecOptions, runID: UInt64 = .random(in: .min ... .max)) {
        self.session = session
        self.options = options
        self.runID = runID
    }

    /// Lines that were dropped because the agent could not take them in time.
    package var droppedLines: Int { dropped.load(ordering: .relaxed) }

    package func run(_ context: InputContext) {
        context.status.up(name)
        if options.waits {
            read(context, into: context.sink)
        } else {
            let status = context.status
            let sink = DroppingSink(context.sink, limit: options.queueBytes) { [self] lines in
                dropped.add(lines, ordering: .relaxed)
                status.gap(name, reason: "queue_full")
            }
            read(context, into: sink)
            sink.close()
        }
        session.release()
    }

    private func read(_ context: InputContext, into sink: any BatchSink) {
        let writer = BatchWriter(sink: sink)
        let lanes = ExecStream.allCases.map { ExecLane($0, of: session, options: options, runID: runID) }
        var until: Int64?
        while writer.isAccepting, !context.stop.isRaised, lanes.contains(where: \.isOpen) {
            if session.ended.isRaised, until == nil { until = BatchWriter.monotonicMilliseconds() + lingerMilliseconds }
            if let until, BatchWriter.monotonicMilliseconds() >= until { break }
            wait(for: lanes, context, milliseconds: timeout(writer, until: until))
            for lane in lanes where lane.isReady { lane.read(into: writer, now: context.now()) }
            writer.flushDue()
        }
        for lane in lanes { lane.finish(into: writer, now: context.now()) }
        writer.flush()
    }

    private var lingerMilliseconds: Int64 { FilesSession.milliseconds(options.linger) }

    private func timeout(_ writer: BatchWriter, until: Int64?) -> Int32 {
        let due = writer.millisecondsUntilDue
        guard let until else { return due }
        let left = Int32(clamping: max(0, until - BatchWriter.monotonicMilliseconds()))
        return due < 0 ? left : min(due, left)
    }

    /// Waits for either stream, for the service's end as long as it is not known, and for the agent's.
    private func wait(for lanes: [ExecLane], _ context: InputContext, milliseconds: Int32) {
        let ended = session.ended.isRaised ? -1 : session.ended.descriptor
        let watched = [context.stop.descriptor, ended] + lanes.map { $0.isOpen ? $0.descriptor : -1 }
        var entries = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let ready = poll(&entries, nfds_t(entries.count), milliseconds)
        for (lane, entry) in zip(lanes, entries.dropFirst(2)) { lane.isReady = ready > 0 && entry.revents != 0 }
    }
}
