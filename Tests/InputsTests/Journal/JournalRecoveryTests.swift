import Glibc
import Inputs
import RecordPath
import Synchronization
import TestSupport
import Testing

@Suite("The journal input in trouble", .enabled(if: JournalFiles.isAvailable, JournalFiles.canWrite))
struct JournalRecoveryTests {
    private let files: JournalFiles

    init() throws { files = try JournalFiles() }

    private func texts(_ from: Int, _ to: Int) -> [String] { (from..<to).map { "line \($0)" } }

    /// The numbers of lines that `append(count:)` wrote, whatever is behind them.
    private func numbers(_ run: InputThread) -> [Int] {
        run.sink.texts().compactMap { Int($0.dropFirst(5).prefix { $0.isNumber }) }
    }

    @Test("loses and repeats nothing when its reader is killed again and again")
    func readerKilled() throws {
        try files.append(count: 20_000, padding: 150)
        let readers = StartedReaders()
        var environment = files.environment
        environment.didStart = { readers.add($0) }
        let input = JournalInput(options: files.options, environment: environment)
        // The first batch is only the mark. Killed as it is, the reader is in the midst of writing more.
        let hooked = HookedInput(base: input) { batch in
            if (2...9).contains(batch), let process = readers.last { kill(process, SIGKILL) }
        }
        let run = InputThread(hooked, once: true)
        #expect(run.end())
        #expect(numbers(run) == Array(0..<20_000))
        // Batches that a slow machine had already taken over count as read, so not each is a killing of its own.
        #expect(readers.count > 2)
        #expect(run.status.all.contains { $0.contains("killed by signal 9") })
        #expect(!run.status.all.contains { $0.hasPrefix("gap") })
    }

    @Test("survives a journal that is truncated under its reader, and reads what there is besides")
    func truncated() throws {
        try files.append(count: 20_000, padding: 150)
        try files.append(count: 100, from: 30_000, to: "b.journal")
        let readers = StartedReaders()
        var environment = files.environment
        environment.didStart = { readers.add($0) }
        let folder = files.folder
        let input = JournalInput(options: files.options, environment: environment)
        let hooked = HookedInput(base: input) { if $0 == 2 { try? folder.truncate("a.journal", to: 4_096) } }
        let run = InputThread(hooked)
        #expect(InputThread.wait { run.sink.texts().last?.hasPrefix("line 30099") == true })
        #expect(run.finish())
        let found = numbers(run)
        #expect(found == found.sorted())
        #expect(Set(found).count == found.count)
        #expect(found.suffix(100) == ArraySlice(30_000..<30_100))
        #expect(run.status.all.contains("gap: vacuumed"))
        #expect(run.status.all.contains { $0.contains("signal \(SIGBUS)") }, "\(run.status.all)")
        #expect(readers.count == 2)
    }

    @Test("counts a gap when the place it had reached is gone, and goes on with what is left")
    func vacuumed() throws {
        try files.append(count: 100)
        let first = InputThread(JournalInput(options: files.options, environment: files.environment), once: true)
        #expect(first.end())
        try files.append(count: 50, from: 200, to: "b.journal")
        try files.folder.delete("a.journal")
        let input = JournalInput(options: files.options, environment: files.environment)
        let second = InputThread(input, positions: first.sink.positions(), once: true)
        #expect(second.end())
        #expect(second.sink.texts() == texts(200, 250))
        #expect(second.status.all.filter { $0 == "gap: vacuumed" }.count == 1)
        // It was counted; the next run does not count it again.
        let third = InputThread(input, positions: second.sink.positions(), once: true)
        #expect(third.end())
        #expect(third.sink.lineCount == 0)
        #expect(!third.status.all.contains { $0.hasPrefix("gap") })
    }

    @Test("reads a damaged journal as far as it goes, without repeating anything")
    func damaged() throws {
        try files.append(count: 2_000, padding: 200)
        for number in [500, 900, 1_300] { try spoil("line \(number)x", count: 3_000) }
        let run = InputThread(JournalInput(options: files.options, environment: files.environment), once: true)
        #expect(run.end())
        let found = numbers(run)
        #expect(found == found.sorted())
        #expect(Set(found).count == found.count)
        #expect((1..<2_000).contains(found.count))
        #expect(found.last == 1_999)
        #expect(run.status.all.contains("gap: missing"))
    }

    /// Writes noise over a place in the journal and what is behind it.
    private func spoil(_ text: String, count: Int) throws {
        let path = files.folder.file("a.journal")
        let descriptor = open(path, O_RDWR)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let size = Int(lseek(descriptor, 0, SEEK_END))
        let memory = try #require(
            mmap(nil, size, PROT_READ | PROT_WRITE, MAP_SHARED, descriptor, 0) as UnsafeMutableRawPointer?
        )
        defer { munmap(memory, size) }
        var place = 0
        while place < size - count, memcmp(memory + place, text, text.utf8.count) != 0 { place += 1 }
        try #require(place < size - count)
        memset(memory + place, 0xA5, count)
    }

    @Test("kills a reader that has stopped speaking, and starts another")
    func silent() throws {
        try files.append(count: 10)
        let readers = StartedReaders()
        var environment = files.environment
        environment.patienceMilliseconds = 3_000
        environment.didStart = { process in
            readers.add(process)
            if readers.count == 1 { kill(process, SIGSTOP) }
        }
        let run = InputThread(JournalInput(options: files.options, environment: environment))
        #expect(run.lines(10))
        #expect(run.finish())
        #expect(readers.count >= 2)
        #expect(run.status.all.contains { $0.contains("silent") })
        #expect(run.sink.texts() == texts(0, 10))
    }

    @Test("leaves no reader behind when it stops")
    func endsReader() throws {
        try files.append(count: 10)
        let readers = StartedReaders()
        var environment = files.environment
        environment.didStart = { readers.add($0) }
        let run = InputThread(JournalInput(options: files.options, environment: environment))
        #expect(run.lines(10))
        #expect(run.finish())
        let process = try #require(readers.last)
        #expect(kill(process, 0) == -1)
        #expect(errno == ESRCH)
    }

    @Test("says that libsystemd is missing, and what to install")
    func withoutLibrary() throws {
        try files.append(count: 1)
        var environment = files.environment
        environment.library = "/nowhere/libsystemd.so.0"
        let run = InputThread(JournalInput(options: files.options, environment: environment), once: true)
        #expect(run.end())
        let problem = try #require(run.status.all.first)
        #expect(problem.hasPrefix("down: libsystemd cannot be used"))
        #expect(problem.contains("libsystemd0"))
    }

    @Test("says that a library is too old")
    func oldLibrary() throws {
        try files.append(count: 1)
        var environment = files.environment
        environment.library = "libc.so.6"
        let run = InputThread(JournalInput(options: files.options, environment: environment), once: true)
        #expect(run.end())
        #expect(run.status.all.first?.contains("libc.so.6 has no sd_journal_open") == true)
    }

    @Test("says that there is no journal, and reads it when it comes")
    func withoutJournal() throws {
        let run = InputThread(JournalInput(options: files.options, environment: files.environment))
        #expect(InputThread.wait { run.status.all.contains { $0.hasPrefix("down: no journal files") } })
        try files.append(count: 10)
        #expect(run.lines(10))
        #expect(run.finish())
        #expect(run.status.all.last == "up")
    }

    @Test("says that its reader cannot be started, and with `once` gives up")
    func withoutReader() throws {
        var environment = files.environment
        environment.executable = "/nowhere/martlet"
        let run = InputThread(JournalInput(options: files.options, environment: environment), once: true)
        #expect(run.end())
        #expect(run.status.all.last?.contains("there is no /nowhere/martlet") == true)
        #expect(run.status.all.last?.hasPrefix("down") == true)
    }

    @Test("does not believe a program that is no reader")
    func nonsense() throws {
        var environment = files.environment
        environment.executable = "/bin/echo"
        let run = InputThread(JournalInput(options: files.options, environment: environment), once: true)
        #expect(run.end())
        #expect(run.sink.lineCount == 0)
        #expect(run.status.all.contains { $0.contains("nonsense") })
    }

    @Test("stops at once when the agent refuses a batch")
    func refused() throws {
        try files.append(count: 10)
        let sink = CollectingSink()
        sink.refuse()
        let run = InputThread(JournalInput(options: files.options, environment: files.environment), sink: sink)
        #expect(run.end())
    }
}
