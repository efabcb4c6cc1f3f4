import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

@Suite(
    "A real journald",
    .enabled(
        if: JournaldInstance.isAvailable && access(JournalFiles.reader, X_OK) == 0,
        "needs root, systemd-journald, journalctl and a machine id"
    ),
    .serialized
)
struct JournaldTests {
    private func input(
        _ journald: JournaldInstance,
        _ readers: StartedReaders = StartedReaders(),
        matches: [String] = ["SYSLOG_IDENTIFIER=test"]
    ) -> JournalInput {
        var environment = JournalInput.Environment()
        environment.executable = JournalFiles.reader
        environment.own = OwnLog()
        environment.didStart = { readers.add($0) }
        let options = JournalOptions(
            matches: matches,
            source: .namespace(journald.namespace),
            start: .beginning
        )
        return JournalInput(options: options, environment: environment)
    }

    @Test("has 20,000 entries arrive once each, while files are rotated and vacuumed and readers are killed")
    func rotationAndVacuum() throws {
        let journald = try JournaldInstance("rotation")
        let readers = StartedReaders()
        let run = InputThread(input(journald, readers))
        for round in 0..<20 {
            let from = round * 1_000
            try journald.write((from..<from + 800).map { "entry \($0) \(String(repeating: "x", count: 200))" })
            try journald.control("--rotate")
            if round % 7 == 3, let process = readers.last { kill(process, SIGKILL) }
            try journald.write((from + 800..<from + 1_000).map { "entry \($0)" })
            // What is vacuumed unread is lost, so what is in the files that go has come.
            #expect(run.lines(from + 800))
            try journald.control("--vacuum-files=1")
        }
        #expect(run.lines(20_000))
        #expect(run.finish())
        let numbers = run.sink.texts().map { Int($0.split(separator: " ")[1]) }
        #expect(numbers == Array(0..<20_000))
        #expect(Set(run.sink.identities).count == 20_000)
        #expect(readers.count > 1)
    }

    @Test("has no gaps counted where nothing was lost, though what was read last is vacuumed")
    func noFalseGaps() throws {
        let journald = try JournaldInstance("gaps")
        let readers = StartedReaders()
        let run = InputThread(input(journald, readers, matches: []))
        for round in 0..<5 {
            try journald.write((0..<200).map { "entry \($0)" } + ["round \(round)"])
            try journald.control("--rotate")
            #expect(InputThread.wait { run.sink.texts().contains("round \(round)") })
            try journald.control("--vacuum-files=1")
            if let process = readers.last { kill(process, SIGKILL) }
            #expect(InputThread.wait { readers.count == round + 2 })
        }
        try journald.write(["last"])
        #expect(InputThread.wait { run.sink.texts().contains("last") })
        #expect(run.finish())
        #expect(run.sink.texts().filter { $0.hasPrefix("entry") }.count == 1_000)
        #expect(!run.status.all.contains { $0.hasPrefix("gap") }, "\(run.status.all)")
    }

    @Test("has equal lines of one moment arrive, each with an identity of its own")
    func equalLines() throws {
        let journald = try JournaldInstance("equal")
        let run = InputThread(input(journald))
        try journald.stream(String(repeating: "the same\n", count: 1_000), identifier: "test")
        #expect(run.lines(1_000))
        #expect(run.finish())
        #expect(run.sink.texts() == [String](repeating: "the same", count: 1_000))
        #expect(Set(run.sink.identities).count == 1_000)
    }

    @Test("is followed from now on, and across runs of the agent")
    func resumes() throws {
        let journald = try JournaldInstance("resume")
        try journald.write(["old"])
        let input = input(journald)
        #expect(InputThread.wait { self.count(input) == 1 })
        var now = timespec()
        clock_gettime(CLOCK_REALTIME, &now)
        let nanoseconds = Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
        var options = input.options
        options.start = .now
        let fresh = JournalInput(options: options, environment: input.environment)
        let first = InputThread(fresh, now: { nanoseconds })
        #expect(InputThread.wait { first.status.all.contains("up") })
        try journald.write(["one", "two"])
        #expect(first.lines(2))
        #expect(first.finish())
        #expect(first.sink.texts() == ["one", "two"])
        try journald.write(["three"])
        let second = InputThread(fresh, positions: first.sink.positions())
        #expect(second.lines(1))
        #expect(second.finish())
        #expect(second.sink.texts() == ["three"])
    }

    /// How many lines there are now.
    private func count(_ input: JournalInput) -> Int {
        let run = InputThread(input, once: true)
        _ = run.end()
        return run.sink.lineCount
    }
}
