import Dispatch
import Glibc
import Inputs
import RecordPath
import Synchronization
import TestSupport
import Testing

/// A sink that takes nothing until it is opened.
private final class ClosedSink: BatchSink {
    let workerCount = 1
    let collected = CollectingSink()
    private let gate = DispatchSemaphore(value: 0)
    private let isOpen = Atomic<Bool>(false)

    func open() {
        isOpen.store(true, ordering: .releasing)
        gate.signal()
    }

    func send(_ batch: RecordBatch, toWorker worker: Int) -> Bool {
        if !isOpen.load(ordering: .acquiring) { gate.wait() }
        gate.signal()
        return collected.send(batch, toWorker: worker)
    }
}

struct ExecInputTests {
    private func context(_ sink: any BatchSink, _ status: RecordedStatus) -> InputContext {
        InputContext(sink: sink, positions: [:], stop: StopSignal(), status: status, once: false, now: { 0 })
    }

    @Test func `a service never waits for an agent that takes nothing, and what is dropped is counted`() throws {
        let total = 60_000
        let session = try ExecSession(command: ["/bin/sh", "-c", "seq 1 \(total) | sed 's/$/ and some more text/'"])
        let sink = ClosedSink()
        let status = RecordedStatus()
        let input = ExecInput(session: session, options: ExecOptions(queueBytes: 300_000))
        let context = context(sink, status)
        let ended = DispatchGroup()
        DispatchQueue(label: "input").async(group: ended) { input.run(context) }
        #expect(session.wait() == .exited(0))
        #expect(InputThread.wait { input.droppedLines > 0 })
        sink.open()
        #expect(ended.wait(timeout: .now() + 20) == .success)
        let numbers = sink.collected.texts().compactMap { Int($0.prefix { $0 != " " }) }
        #expect(input.droppedLines > 0)
        #expect(numbers.count + input.droppedLines == total)
        #expect(numbers.last == total)
        #expect(numbers == numbers.sorted())
        #expect(status.all.contains("gap: queue_full"))
    }

    @Test func `a service that may wait loses nothing`() throws {
        let total = 100_000
        let session = try ExecSession(command: ["/bin/sh", "-c", "seq 1 \(total) | sed 's/$/ and some more text/'"])
        let sink = ClosedSink()
        let input = ExecInput(session: session, options: ExecOptions(waits: true, queueBytes: 1))
        let context = context(sink, RecordedStatus())
        let ended = DispatchGroup()
        DispatchQueue(label: "input").async(group: ended) { input.run(context) }
        sink.open()
        #expect(session.wait() == .exited(0))
        #expect(ended.wait(timeout: .now() + 20) == .success)
        #expect(input.droppedLines == 0)
        #expect(sink.collected.texts().compactMap { Int($0.prefix { $0 != " " }) } == Array(1...total))
    }

    @Test func `pieces are passed on as they were written`() throws {
        let seen = Mutex<[ExecStream: [UInt8]]>([:])
        let session = try ExecSession(command: ["/bin/sh", "-c", #"printf 'a\nb'; printf 'x\0y\n' >&2; printf c"#])
        let passing = ExecOptions.Passing.pieces { stream, bytes in
            seen.withLock { $0[stream, default: []] += Array(bytes) }
        }
        let run = InputThread(ExecInput(session: session, options: ExecOptions(passing: passing)))
        #expect(session.wait() == .exited(0))
        #expect(run.end())
        #expect(seen.withLock { $0 } == [.stdout: Array("a\nbc".utf8), .stderr: [0x78, 0, 0x79, 0x0A]])
    }

    @Test func `lines are passed on whole, the last one without its newline`() throws {
        let seen = Mutex<[String]>([])
        let session = try ExecSession(command: ["/bin/sh", "-c", #"printf 'a\nb'; printf 'c\nend'"#])
        let passing = ExecOptions.Passing.lines { stream, text, isWhole in
            seen.withLock { $0.append("\(stream) \(String(decoding: text, as: UTF8.self)) \(isWhole)") }
        }
        let run = InputThread(ExecInput(session: session, options: ExecOptions(passing: passing)))
        #expect(session.wait() == .exited(0))
        #expect(run.end())
        #expect(seen.withLock { $0 } == ["stdout a true", "stdout bc true", "stdout end false"])
    }

    @Test func `a stopped agent leaves the pipes`() throws {
        let session = try ExecSession(command: ["/bin/sh", "-c", "echo one; while :; do sleep 0.01; echo more; done"])
        let run = InputThread(ExecInput(session: session, options: ExecOptions()))
        #expect(run.lines(1))
        #expect(run.finish())
        // No keeper was asked for, so the service dies of its next write.
        #expect(session.wait() == .killed(signal: SIGPIPE) || session.wait() != .exited(0))
    }
}
