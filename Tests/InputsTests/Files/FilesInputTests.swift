import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

/// Real files in a folder of each test's own.
struct FilesInputTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func input(format: FilesOptions.Format = .lines, usesInotify: Bool = true, maxOpen: Int = 256) -> FilesInput
    {
        following([folder.file("*.log")], format: format, usesInotify: usesInotify, maxOpen: maxOpen)
    }

    @Test(arguments: [true, false]) func `lines that are appended arrive in order`(usesInotify: Bool) throws {
        try folder.append("one\ntwo\n", to: "a.log")
        let run = InputThread(input(usesInotify: usesInotify))
        #expect(run.lines(2))
        try folder.append("three\nfou", to: "a.log")
        #expect(run.lines(3))
        try folder.append("r\n", to: "a.log")
        #expect(run.lines(4))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two", "three", "four"])
        #expect(run.sink.lines().map(\.ordinal) == [0, 4, 8, 14])
        let origin = try #require(run.sink.origins.first)
        #expect(origin.path == folder.file("a.log") && origin.input == "files" && origin.stream == nil)
        #expect(origin.fallbackService == folder.path.split(separator: "/").last.map(String.init))
    }

    @Test func `reading goes on behind the last line after a restart`() throws {
        try folder.append("one\ntwo\n", to: "a.log")
        let first = InputThread(input())
        #expect(first.lines(2))
        #expect(first.finish())
        try folder.append("three\n", to: "a.log")
        let second = InputThread(input(), positions: first.sink.positions())
        #expect(second.lines(1))
        #expect(second.finish())
        #expect(second.sink.texts() == ["three"])
        #expect(second.sink.origins.first?.key == first.sink.origins.first?.key)
    }

    @Test func `once reads what there is, a last line without its newline too`() throws {
        try folder.append("one\ntwo", to: "a.log")
        try folder.append("alone", to: "b.log")
        let run = InputThread(input(), once: true)
        #expect(run.end())
        #expect(run.sink.texts().sorted() == ["alone", "one", "two"])
    }

    @Test func `of more files than there is memory for some wait, and once reads all of them`() throws {
        for number in 0..<10 { try folder.append("\(number)\n", to: "\(number).log") }
        let once = InputThread(input(), once: true, tables: TableBudget(limit: 24_000))
        #expect(once.end())
        #expect(once.sink.texts().sorted() == (0..<10).map { "\($0)" })
        let run = InputThread(input(), tables: TableBudget(limit: 24_000))
        #expect(InputThread.wait { run.status.all.contains { $0.hasPrefix("note: there is memory for 4 files") } })
        #expect(run.lines(4))
        for number in 0..<4 { try folder.delete("\(number).log") }
        #expect(run.lines(8))
        for number in 4..<8 { try folder.delete("\(number).log") }
        #expect(run.lines(10))
        #expect(run.finish())
        #expect(run.sink.texts().sorted() == (0..<10).map { "\($0)" })
        // What was followed before comes first.
        let again = InputThread(input(), positions: run.sink.positions(), tables: TableBudget(limit: 12_000))
        try folder.append("8 again\n", to: "8.log")
        try folder.append("9 again\n", to: "9.log")
        #expect(again.lines(2))
        #expect(again.finish())
        #expect(again.sink.texts().sorted() == ["8 again", "9 again"])
    }

    @Test func `a file that appears later is read from its beginning`() throws {
        let run = InputThread(following([folder.file("*.log"), folder.file("deep/**/*.log")], start: .now))
        #expect(InputThread.wait { run.status.all == ["up"] })
        try folder.append("one\n", to: "a.log")
        try folder.make(folder: "deep")
        try folder.make(folder: "deep/er")
        try folder.append("two\n", to: "deep/er/b.log")
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.texts().sorted() == ["one", "two"])
    }

    @Test func `start now begins with the line that is being written, also after a crash`() throws {
        try folder.append("old\nbeg", to: "a.log")
        let first = InputThread(following([folder.file("*.log")], start: .now))
        #expect(InputThread.wait { !first.sink.positions().isEmpty })
        #expect(first.finish())
        try folder.append("un\nnew\n", to: "a.log")
        let second = InputThread(
            following([folder.file("*.log")], start: .now),
            positions: first.sink.positions(after: 1)
        )
        #expect(second.lines(2))
        #expect(second.finish())
        #expect(second.sink.texts() == ["begun", "new"])
    }

    @Test func `start now skips what was there before the first run only`() throws {
        let input = following([folder.file("*.log")], start: .now)
        try folder.append("old\n", to: "a.log")
        try folder.append("", to: "empty.log")
        let first = InputThread(input)
        #expect(InputThread.wait { first.sink.positions().count == 2 })
        #expect(first.finish())
        try folder.append("x\n", to: "empty.log")
        try folder.append("y\n", to: "later.log")
        let second = InputThread(input, positions: first.sink.positions())
        #expect(second.lines(2))
        #expect(second.finish())
        #expect(second.sink.texts().sorted() == ["x", "y"])
    }

    @Test func `an inode that held a compressed file may hold a log next`() throws {
        let run = InputThread(following([folder.file("a*")]))
        try folder.append([0x1F, 0x8B, 8, 0, 0x0A], to: "a.2.gz")
        #expect(InputThread.wait { run.status.all.contains { $0.hasPrefix("note:") } })
        // The same inode under another name with other bytes, as after a deletion and a new file.
        try folder.truncate("a.2.gz")
        try folder.append("line\n", to: "a.2.gz")
        try folder.rename("a.2.gz", "a.log")
        #expect(run.lines(1))
        #expect(run.finish())
        #expect(run.sink.texts() == ["line"])
    }

    @Test func `a folder that was replaced is followed in its place`() throws {
        try folder.make(folder: "d")
        try folder.append("one\n", to: "d/a.log")
        let run = InputThread(following([folder.file("d/*.log")]))
        #expect(run.lines(1))
        try folder.rename("d", "e")
        try folder.make(folder: "d")
        try folder.append("two\n", to: "d/b.log")
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two"])
    }

    @Test func `a link is followed, and what it leads to is read once`() throws {
        try folder.make(folder: "real")
        try folder.append("one\n", to: "real/x-json.log")
        try folder.link("0.log", to: folder.file("real/x-json.log"))
        let run = InputThread(following([folder.file("*.log"), folder.file("real/*.log")]))
        #expect(run.lines(1))
        try folder.append("two\n", to: "real/x-json.log")
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two"])
        #expect(run.sink.origins.map(\.path) == [folder.file("0.log")])
    }

    @Test func `compressed and excluded files are left alone`() throws {
        try folder.append([0x1F, 0x8B, 8, 0, 0x0A, 0x0A], to: "a.log")
        try folder.append("no\n", to: "b.log")
        try folder.append("yes\n", to: "c.log")
        let run = InputThread(following([folder.file("*")], exclude: ["b.*"]), once: true)
        #expect(run.end())
        #expect(run.sink.texts() == ["yes"])
        #expect(run.status.all.contains { $0.hasPrefix("note: \(folder.file("a.log")) is compressed") })
    }

    @Test func `a line of more than 1 MiB is cut and its end is skipped`() throws {
        let limit = LineSplitter.maxLineBytes
        let long = String(repeating: "x", count: 3 * limit)
        try folder.append("a\n\(long)\nb\n\(long.prefix(limit))\nc\n", to: "a.log")
        try folder.append("\(long.prefix(limit + 1))\n\(long)", to: "a.log")
        let run = InputThread(input(), once: true)
        #expect(run.end())
        let lines = run.sink.lines()
        #expect(lines.map(\.isCut) == [false, true, false, false, false, true, true])
        #expect(lines.map(\.text.utf8.count) == [1, limit, 1, limit, 1, limit, limit])
        let offsets = [0, 2, 3 * limit + 3, 3 * limit + 5, 4 * limit + 6, 4 * limit + 8, 5 * limit + 10]
        #expect(lines.map { Int($0.ordinal) } == offsets)
    }

    @Test func `a long line that grows bit by bit is one line`() throws {
        let limit = LineSplitter.maxLineBytes
        try folder.append("a\n", to: "a.log")
        let run = InputThread(input())
        #expect(run.lines(1))
        for _ in 0..<5 { try folder.append(String(repeating: "y", count: limit / 3), to: "a.log") }
        try folder.append("\nend\n", to: "a.log")
        #expect(run.lines(3))
        #expect(run.finish())
        #expect(run.sink.lines().map(\.text.utf8.count) == [1, limit, 3])
    }

    @Test func `more files than may be open are all followed`() throws {
        for number in 0..<20 { try folder.append("first \(number)\n", to: "\(number).log") }
        let run = InputThread(input(maxOpen: 3))
        #expect(run.lines(20))
        for number in 0..<20 { try folder.append("second \(number)\n", to: "\(number).log") }
        #expect(run.lines(40))
        #expect(run.finish())
        let expected = (0..<20).flatMap { ["first \($0)", "second \($0)"] }
        #expect(run.sink.texts().sorted() == expected.sorted())
    }

    @Test func `a file that may not be read is named and the rest goes on`() throws {
        try folder.append("x\n", to: "a.log")
        try folder.link("b.log", to: "/proc/self/mem")
        let run = InputThread(input(), once: true)
        #expect(run.end())
        #expect(run.sink.texts() == ["x"])
    }
}
