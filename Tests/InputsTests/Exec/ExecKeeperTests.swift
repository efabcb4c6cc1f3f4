import Dispatch
import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

struct ExecKeeperTests {
    /// A pipe whose ends are closed by hand or at the end.
    private final class Ends {
        let reading: Int32
        private(set) var writing: Int32

        init() throws {
            var ends: [Int32] = [-1, -1]
            try #require(pipe(&ends) == 0)
            for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
            (reading, writing) = (ends[0], ends[1])
        }

        deinit {
            close(reading)
            closeWriting()
        }

        func closeWriting() {
            if writing >= 0 { close(writing) }
            writing = -1
        }

        func put(_ text: String) { _ = text.withCString { write(writing, $0, strlen($0)) } }

        func all() -> String {
            var bytes: [UInt8] = []
            var buffer = [UInt8](repeating: 0, count: 4096)
            while case let count = read(reading, &buffer, buffer.count), count > 0 { bytes += buffer[..<count] }
            return String(decoding: bytes, as: UTF8.self)
        }
    }

    @Test func `the keeper sleeps until Martlet is gone and then reads until no writer is left`() throws {
        let (lifeline, output, errors, passed) = (try Ends(), try Ends(), try Ends(), try Ends())
        let ended = DispatchGroup()
        let numbers = (lifeline.reading, output.reading, errors.reading, passed.writing)
        DispatchQueue(label: "keeper").async(group: ended) {
            ExecKeeper.keep(lifeline: numbers.0, streams: [(numbers.1, numbers.3), (numbers.2, nil)])
        }
        output.put("one\n")
        var waiting: Int32 = 0
        #expect(InputThread.wait { ioctl(output.reading, UInt(FIONREAD), &waiting) == 0 && waiting == 4 })
        lifeline.closeWriting()
        #expect(InputThread.wait { ioctl(output.reading, UInt(FIONREAD), &waiting) == 0 && waiting == 0 })
        output.put("two\n")
        errors.put("secret\n")
        output.closeWriting()
        errors.closeWriting()
        #expect(ended.wait(timeout: .now() + 20) == .success)
        passed.closeWriting()
        #expect(passed.all() == "one\ntwo\n")
    }

    @Test func `a service whose Martlet stops reading is read by its keeper`() throws {
        let folder = try TestFolder()
        let kept = folder.file("kept")
        let keeper = ExecSession.Keeper(command: ["/bin/sh", "-c", "cat <&3; cat <&4 >\(kept); cat <&5 >>\(kept)"])
        let go = folder.file("go")
        let script = "echo first; until [ -e \(go) ]; do sleep 0.01; done; echo second; echo third >&2; exit 6"
        let session = try ExecSession(command: ["/bin/sh", "-c", script], keeper: keeper)
        let run = InputThread(ExecInput(session: session, options: ExecOptions()))
        #expect(run.lines(1))
        #expect(run.finish())
        try folder.append("", to: "go")
        #expect(session.wait() == .exited(6))
        #expect(run.sink.texts() == ["first"])
        #expect(InputThread.wait { FileFacts(path: kept)?.size == 13 })
        let keeperID = try #require(session.keeperID)
        #expect(waitpid(keeperID, nil, 0) == keeperID)
    }

    @Test func `a keeper that cannot be started does not keep the service from starting`() throws {
        let keeper = ExecSession.Keeper(command: ["/no/such/keeper"])
        let session = try ExecSession(command: ["/bin/sh", "-c", "exit 0"], keeper: keeper)
        #expect(session.keeperID == nil)
        #expect(session.wait() == .exited(0))
    }
}
