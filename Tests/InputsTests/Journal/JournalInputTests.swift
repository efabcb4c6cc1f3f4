import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

@Suite("The journal input", .enabled(if: JournalFiles.isAvailable, JournalFiles.canWrite))
struct JournalInputTests {
    private let files: JournalFiles

    init() throws { files = try JournalFiles() }

    private func run(
        _ options: JournalOptions? = nil,
        positions: [String: String] = [:],
        once: Bool = true,
        _ change: (inout JournalInput.Environment) -> Void = { _ in }
    ) -> InputThread {
        var environment = files.environment
        change(&environment)
        let input = JournalInput(options: options ?? files.options, environment: environment)
        return InputThread(input, positions: positions, once: once)
    }

    private func texts(_ from: Int, _ to: Int, prefix: String = "line") -> [String] {
        (from..<to).map { "\(prefix) \($0)" }
    }

    @Test("brings every entry once and in order, with its source, time and priority")
    func readsAll() throws {
        try files.append(count: 1_000)
        let run = run()
        #expect(run.end())
        #expect(run.sink.texts() == texts(0, 1_000))
        let times = run.sink.lines().map(\.time)
        #expect(times.first == Int64(JournalFiles.firstTime) * 1_000)
        #expect(times.last == Int64(JournalFiles.firstTime + 999_000) * 1_000)
        #expect(Set(run.sink.identities).count == 1_000)
        #expect(run.sink.origins.map(\.fallbackService) == ["app"])
        #expect(run.sink.origins.map(\.unit) == ["app.service"])
        #expect(run.sink.priorities.allSatisfy { $0 == 6 })
        #expect(run.status.all == ["up"])
    }

    @Test("sends all lines to one worker, which is theirs by number")
    func oneWorker() throws {
        let entries = (0..<50).map {
            JournalFiles.Entry("line \($0)").with(["_SYSTEMD_UNIT": "u\($0 % 10).service"])
        }
        try files.append(entries, from: 0)
        let input = JournalInput(options: files.options, environment: files.environment)
        let run = InputThread(input, once: true, sink: CollectingSink(workerCount: 3))
        #expect(run.end())
        #expect(run.sink.lineCount == 50)
        #expect(run.sink.origins.count == 10)
        #expect(Set(run.sink.workers).count == 1)
    }

    @Test("marks where it begins before it has read anything")
    func marksBeginning() throws {
        try files.append(count: 1)
        var options = files.options
        options.start = .now
        let run = run(options)
        #expect(run.end())
        #expect(run.sink.lineCount == 0)
        let mark = try #require(run.sink.marks.first?.first)
        #expect(mark.key == options.positionKey)
        #expect(mark.position == JournalCursor(time: 1_700_000_000_000_000).text)
    }

    @Test("begins as far back as it is told")
    func beginsBack() throws {
        try files.append(count: 1_000)
        var options = files.options
        // The files begin 1,000 seconds before now and hold one second.
        options.start = .ago(.seconds(999) + .milliseconds(500))
        let run = run(options)
        #expect(run.end())
        #expect(run.sink.texts() == texts(500, 1_000))
    }

    @Test("goes on where the last run has stopped, whichever batch that was")
    func resumes() throws {
        try files.append(count: 3_000, padding: 300)
        let first = run()
        #expect(first.end())
        let identities = first.sink.identities
        #expect(identities.count == 3_000)
        #expect(first.sink.batchCount > 3)
        for kept in 0...first.sink.batchCount {
            let second = run(positions: first.sink.positions(after: kept))
            #expect(second.end())
            let before = first.sink.lines(inFirst: kept).count
            #expect(second.sink.identities == Array(identities.dropFirst(before)))
        }
    }

    @Test("says so when the position that was kept cannot be read, and begins as it is told to")
    func badPosition() throws {
        try files.append(count: 3)
        let run = run(positions: [files.options.positionKey: "nonsense"])
        #expect(run.end())
        #expect(run.sink.texts() == texts(0, 3))
        #expect(run.status.all.first?.contains("cannot be read") == true)
        #expect(run.status.all.contains("gap: corrupt"))
    }

    @Test("says that the journal is empty, and reads what comes")
    func empty() throws {
        try files.append(count: 0)
        let run = run(once: false)
        #expect(InputThread.wait { run.status.all.contains("note: the journal has no entries yet") })
        #expect(InputThread.wait { run.status.all.contains("up") })
        try files.append(count: 3)
        #expect(run.lines(3))
        #expect(run.finish())
    }

    @Test("describes sources with long names in frames of bounded size")
    func longNames() throws {
        let entries = (0..<900).map {
            JournalFiles.Entry("line \($0)").with([
                "SYSLOG_IDENTIFIER": "\($0)" + String(repeating: "i", count: 5_000),
                "_SYSTEMD_UNIT": "\($0)" + String(repeating: "u", count: 5_000),
                "IMAGE_NAME": String(repeating: "m", count: 5_000),
                "CONTAINER_NAME": String(repeating: "n", count: 5_000),
            ])
        }
        try files.append(entries, from: 0)
        let run = run()
        #expect(run.end())
        #expect(run.sink.texts() == texts(0, 900))
        #expect(run.sink.origins.count == 900)
    }

    @Test("follows a journal that grows")
    func follows() throws {
        try files.append(count: 10)
        let run = run(once: false)
        #expect(run.lines(10))
        try files.append(count: 10, from: 10)
        #expect(run.lines(20))
        try files.append(count: 10, from: 20, to: "b.journal")
        #expect(run.lines(30))
        #expect(run.finish())
        #expect(run.sink.texts() == texts(0, 30))
    }

    @Test("brings only what the filter wants: units, matches, priority")
    func filters() throws {
        let entries = (0..<80).map { index in
            JournalFiles.Entry("line \(index)").with([
                "_SYSTEMD_UNIT": "u\(index % 4).service", "PRIORITY": "\(index % 8)", "KIND": "k\(index % 5)",
            ])
        }
        try files.append(entries, from: 0)
        var options = files.options
        options.units = ["u0.service", "u3.service"]
        options.priority = .err
        options.matches = ["KIND=k1", "KIND=k2"]
        let run = run(options)
        #expect(run.end())
        let wanted = (0..<80).filter { [0, 3].contains($0 % 4) && $0 % 8 <= 3 && [1, 2].contains($0 % 5) }
        #expect(run.sink.texts() == wanted.map { "line \($0)" })
        #expect(!wanted.isEmpty)
    }

    @Test("brings messages of any bytes and size, and cuts only what is over one mebibyte")
    func largeMessages() throws {
        var random = SeededGenerator(seed: 2)
        let noise = (0..<25_000).flatMap { _ in WireBytes.number(random.next(), 8) }
        let even = [UInt8](repeating: 0x61, count: 1_048_576)
        let cases: [[UInt8]] = [noise, even, even + [0x61, 0x62], [], [0xFF, 0x0A, 0x00], Array("two\nlines\n".utf8)]
        try files.append(cases.map { JournalFiles.Entry(bytes: $0) }, from: 0)
        let run = run()
        #expect(run.end())
        let expected = [noise, even, even, [], [0xFF, 0x0A, 0x00], Array("two\nlines".utf8)]
        // Not compared as arrays: a failure would print megabytes.
        let found = run.sink.bytes
        #expect(found.map(\.count) == expected.map(\.count))
        #expect(found.elementsEqual(expected) as Bool)
        #expect(run.sink.lines().map(\.isCut) == [false, false, true, false, false, false])
    }

    @Test("takes the writer's own time where journald recorded one that can be true")
    func sourceTime() throws {
        let name = "_SOURCE_REALTIME_TIMESTAMP"
        let values = ["1699998999000001", "x", "0", "99999999999999999999", "9223372036854775807"]
        try files.append(values.map { JournalFiles.Entry("line").with([name: $0]) }, from: 0)
        let run = run()
        #expect(run.end())
        let received = (0..<5).map { Int64(JournalFiles.firstTime + $0 * 1_000) * 1_000 }
        #expect(run.sink.lines().map(\.time) == [1_699_998_999_000_001_000] + received.dropFirst())
    }

    @Test("has no line for entries without a message, but passes over them for good")
    func withoutMessage() throws {
        try files.append([JournalFiles.Entry("one"), JournalFiles.Entry(bytes: nil)], from: 0)
        let first = run()
        #expect(first.end())
        #expect(first.sink.texts() == ["one"])
        try files.append([JournalFiles.Entry("two")], from: 2)
        let second = run(positions: first.sink.positions())
        #expect(second.end())
        #expect(second.sink.texts() == ["two"])
        #expect(!second.status.all.contains { $0.hasPrefix("gap") })
    }

    @Test("leaves its own log out")
    func ownLog() throws {
        let entries = [
            JournalFiles.Entry("other"),
            JournalFiles.Entry("ours by unit").with(["_SYSTEMD_UNIT": "martlet.service"]),
            JournalFiles.Entry("ours by process").with(["_PID": "77", "_COMM": "martlet"]),
            JournalFiles.Entry("another's process").with(["_PID": "77", "_COMM": "nginx"]),
            JournalFiles.Entry("another martlet").with(["_PID": "78", "_COMM": "martlet"]),
        ]
        try files.append(entries, from: 0)
        let run = run {
            $0.own.unit = "martlet.service"
            $0.own.process = 77
            $0.own.name = "martlet"
        }
        #expect(run.end())
        #expect(run.sink.texts() == ["other", "another's process", "another martlet"])
    }

    @Test("gives what process 1 says of a unit to that unit")
    func managerLog() throws {
        let entry = JournalFiles.Entry("Started.").with([
            "_SYSTEMD_UNIT": "init.scope", "_PID": "1", "UNIT": "shop.service", "SYSLOG_IDENTIFIER": "systemd",
        ])
        try files.append([entry], from: 0)
        var options = files.options
        options.units = ["shop.service"]
        let run = run(options)
        #expect(run.end())
        #expect(run.sink.origins.map(\.fallbackService) == ["shop"])
    }

    @Test("describes more sources than it can number at once")
    func manySources() throws {
        let entries = (0..<5_000).map {
            JournalFiles.Entry("line \($0)").with(["SYSLOG_IDENTIFIER": "i\($0 % 2_500)"])
        }
        try files.append(entries, from: 0)
        let run = run()
        #expect(run.end())
        let lines = run.sink.lines()
        #expect(lines.map(\.text) == texts(0, 5_000))
        #expect(lines.enumerated().allSatisfy { $1.key == "journald:app.service:i\($0 % 2_500)" })
    }

    @Test("moves its position on while nothing matches, so that the next run does not search it all again")
    func sweeps() throws {
        try files.append(count: 100)
        var options = files.options
        options.units = ["never.service"]
        let run = run(options, once: false) { $0.sweepMilliseconds = 50 }
        let key = options.positionKey
        #expect(
            InputThread.wait { run.sink.positions()[key].flatMap { JournalPosition($0) }?.cursor.isTimeOnly == false }
        )
        #expect(run.finish())
        let position = try #require(run.sink.positions()[key].flatMap { JournalPosition($0) })
        #expect(position.cursor.realtime == UInt64(JournalFiles.firstTime + 99_000))
        // The filter changes: what lies behind the position, and only that, is read.
        try files.append(count: 10, from: 100)
        let second = self.run(positions: [key: position.text])
        #expect(second.end())
        #expect(second.sink.texts() == texts(100, 110))
    }
}
