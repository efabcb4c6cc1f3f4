import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

@Suite("Containers in the journal", .enabled(if: JournalFiles.isAvailable, JournalFiles.canWrite))
struct JournalContainerTests {
    private static let first = String(repeating: "1a", count: 32)
    private static let second = String(repeating: "2b", count: 32)
    private let files: JournalFiles

    init() throws { files = try JournalFiles() }

    /// An entry as Docker's journald driver writes it.
    private func entry(_ text: String, _ container: String = first, priority: String = "6") -> JournalFiles.Entry {
        JournalFiles.Entry(text).with([
            "_SYSTEMD_UNIT": "docker.service", "CONTAINER_ID_FULL": container, "PRIORITY": priority,
            "CONTAINER_NAME": "shop-\(container.prefix(1))", "SYSLOG_IDENTIFIER": String(container.prefix(12)),
            "IMAGE_NAME": "shop/api",
        ])
    }

    /// One part of a long line, as engines since 18.06 write it.
    private func part(_ text: String, _ line: String, _ ordinal: Int, isLast: Bool = false) -> JournalFiles.Entry {
        var fields = [
            "CONTAINER_PARTIAL_ID": line, "CONTAINER_PARTIAL_ORDINAL": "\(ordinal)",
            "CONTAINER_PARTIAL_LAST": "\(isLast)",
        ]
        if !isLast { fields["CONTAINER_PARTIAL_MESSAGE"] = "true" }
        return entry(text).with(fields)
    }

    private func run(
        positions: [String: String] = [:],
        once: Bool = true,
        isReadElsewhere: @escaping @Sendable (String) -> Bool = { _ in false }
    ) -> InputThread {
        var environment = files.environment
        environment.isReadElsewhere = isReadElsewhere
        let input = JournalInput(options: files.options, environment: environment)
        return InputThread(input, positions: positions, once: once)
    }

    @Test("bear their name, image and stream, and no severity that they did not choose")
    func origins() throws {
        try files.append([entry("out"), entry("err", priority: "3")], from: 0)
        let run = run()
        #expect(run.end())
        #expect(run.sink.origins.map(\.fallbackService) == ["shop-1", "shop-1"])
        #expect(run.sink.origins.map(\.stream) == ["stdout", "stderr"])
        #expect(run.sink.origins.allSatisfy { $0.containerID == Self.first && $0.image == "shop/api" })
        #expect(run.sink.priorities == [255, 255])
    }

    @Test("are left out when they come in through the engine, and their position moves on all the same")
    func readElsewhere() throws {
        try files.append(
            [entry("one"), entry("two", Self.second), JournalFiles.Entry("three"), entry("four")],
            from: 0
        )
        let run = run { $0 == Self.first }
        #expect(run.end())
        #expect(run.sink.texts() == ["two", "three"])
        let again = self.run(positions: run.sink.positions())
        #expect(again.end())
        #expect(again.sink.lineCount == 0)
    }

    @Test("have their long lines joined, though others come between the parts")
    func joins() throws {
        try files.append(
            [
                part("a1", "a", 1), part("b1", "b", 1), entry("whole"), part("a2", "a", 2), JournalFiles.Entry("other"),
                part("b2", "b", 2, isLast: true), part("a3", "a", 3, isLast: true),
            ],
            from: 0
        )
        let run = run()
        #expect(run.end())
        #expect(run.sink.texts() == ["whole", "other", "b1b2", "a1a2a3"])
        // A joined line bears the time of its first part.
        #expect(run.sink.lines().last?.time == Int64(JournalFiles.firstTime) * 1_000)
    }

    @Test("have the parts of old engines joined, which number nothing")
    func joinsOldEngines() throws {
        let partial = ["CONTAINER_PARTIAL_MESSAGE": "true"]
        try files.append(
            [
                entry("o1").with(partial), entry("e1", priority: "3").with(partial), entry("o2").with(partial),
                entry("e2", priority: "3"), entry("o3"), entry("plain"),
            ],
            from: 0
        )
        let run = run()
        #expect(run.end())
        #expect(run.sink.texts() == ["e1e2", "o1o2o3", "plain"])
    }

    @Test("have a line that is still open at the end go out as it is, with `once`")
    func openAtEnd() throws {
        try files.append([part("a1", "a", 1), part("a2", "a", 2)], from: 0)
        let run = run()
        #expect(run.end())
        #expect(run.sink.texts() == ["a1a2"])
        #expect(run.sink.lines().map(\.isCut) == [true])
    }

    @Test("have a line joined across runs of the agent, once, and nothing else repeated")
    func joinsAcrossRuns() throws {
        try files.append(
            [entry("before"), part("a1", "a", 1), entry("between"), part("a2", "a", 2), JournalFiles.Entry("other")],
            from: 0
        )
        let first = run(once: false)
        #expect(first.lines(3))
        #expect(first.finish())
        #expect(first.sink.texts() == ["before", "between", "other"])
        try files.append([entry("more"), part("a3", "a", 3, isLast: true), entry("after")], from: 5)
        for count in 0...first.sink.batchCount {
            let second = run(positions: first.sink.positions(after: count))
            #expect(second.end())
            let kept = first.sink.lines(inFirst: count).map(\.text)
            #expect(kept + second.sink.texts() == ["before", "between", "other", "more", "a1a2a3", "after"])
        }
    }

    @Test("have a line joined across the death of the reader")
    func joinsAcrossReaders() throws {
        try files.append([part("a1", "a", 1), entry("between")], from: 0)
        let readers = StartedReaders()
        var environment = files.environment
        environment.didStart = { readers.add($0) }
        let run = InputThread(JournalInput(options: files.options, environment: environment))
        #expect(run.lines(1))
        kill(try #require(readers.last), SIGKILL)
        #expect(InputThread.wait { readers.count == 2 })
        try files.append([part("a2", "a", 2, isLast: true)], from: 2)
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.texts() == ["between", "a1a2"])
    }
}
