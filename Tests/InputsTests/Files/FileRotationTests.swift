import Dispatch
import Glibc
import Inputs
import TestSupport
import Testing

/// What happens to a file while it is followed, and while nobody looks.
struct FileRotationTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func input(usesInotify: Bool = true, maxOpen: Int = 256) -> FilesInput {
        following([folder.file("app.log")], usesInotify: usesInotify, maxOpen: maxOpen)
    }

    @Test(arguments: [true, false])
    func `a renamed file is read to its end and the new one from its beginning`(usesInotify: Bool) throws {
        try folder.append("one\n", to: "app.log")
        let run = InputThread(input(usesInotify: usesInotify))
        #expect(run.lines(1))
        try folder.append("two\nthr", to: "app.log")
        try folder.rename("app.log", "app.log.1")
        try folder.append("four\n", to: "app.log")
        try folder.append("ee\n", to: "app.log.1")
        #expect(run.lines(4))
        #expect(run.finish())
        #expect(run.sink.texts().sorted() == ["four", "one", "three", "two"])
        #expect(Set(run.sink.lines().map(\.key)).count == 2)
    }

    @Test func `a last line without a newline counts once its file was rotated away`() throws {
        try folder.append("one\ntail", to: "app.log")
        let run = InputThread(input())
        #expect(run.lines(1))
        try folder.rename("app.log", "app.log.1")
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "tail"])
    }

    @Test func `a deleted file is read to its end and its position is forgotten`() throws {
        try folder.append("one\n", to: "app.log")
        let run = InputThread(input())
        #expect(run.lines(1))
        let held = open(folder.file("app.log"), O_WRONLY | O_APPEND)
        defer { close(held) }
        try folder.delete("app.log")
        try #require(write(held, "two\nthree", 9) == 9)
        #expect(run.lines(3))
        #expect(InputThread.wait { run.sink.positions().isEmpty })
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two", "three"])
        #expect(run.sink.positions() == [:])
    }

    @Test(arguments: [true, false]) func `a truncated file begins anew as another generation`(usesInotify: Bool) throws
    {
        try folder.append("one\ntwo\n", to: "app.log")
        let run = InputThread(input(usesInotify: usesInotify))
        #expect(run.lines(2))
        try folder.truncate("app.log")
        try folder.append("new\n", to: "app.log")
        #expect(run.lines(3))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two", "new"])
        #expect(run.sink.lines().map(\.ordinal) == [0, 4, 0])
        #expect(Set(run.sink.identities).count == 3)
        #expect(run.status.all == ["up"])
    }

    @Test func `a truncated file that has outgrown its old size is known by its first bytes`() throws {
        try folder.append("one\n", to: "app.log")
        let first = InputThread(input())
        #expect(first.lines(1))
        #expect(first.finish())
        try folder.truncate("app.log")
        try folder.append("two\nand much more\n", to: "app.log")
        let second = InputThread(input(), positions: first.sink.positions())
        #expect(second.lines(2))
        #expect(second.finish())
        #expect(second.sink.texts() == ["two", "and much more"])
        #expect(Set(first.sink.identities + second.sink.identities).count == 3)
    }

    @Test func `a line that was cut off before it was whole is a gap`() throws {
        try folder.append("one\nhalf", to: "app.log")
        let run = InputThread(input())
        #expect(run.lines(1))
        try folder.truncate("app.log")
        try folder.append("two\n", to: "app.log")
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.status.all.contains("gap: truncated"))
    }

    @Test func `a file that was renamed while nobody looked is read to its end`() throws {
        try folder.append("one\n", to: "app.log")
        let first = InputThread(input())
        #expect(first.lines(1))
        #expect(first.finish())
        try folder.append("two\n", to: "app.log")
        try folder.rename("app.log", "app.log.1")
        try folder.append("three\n", to: "app.log")
        let second = InputThread(input(), positions: first.sink.positions())
        #expect(second.lines(2))
        #expect(second.finish())
        #expect(second.sink.texts().sorted() == ["three", "two"])
        let third = InputThread(input(), positions: second.sink.positions(from: first.sink.positions()), once: true)
        #expect(third.end())
        #expect(third.sink.lineCount == 0)
    }

    @Test func `a renamed file that still matches is not read twice`() throws {
        let input = following([folder.file("app.log*")])
        try folder.append("one\n", to: "app.log")
        let run = InputThread(input)
        #expect(run.lines(1))
        try folder.rename("app.log", "app.log.1")
        try folder.append("two\n", to: "app.log")
        #expect(run.lines(2))
        try folder.append("late\n", to: "app.log.1")
        #expect(run.lines(3))
        #expect(run.finish())
        #expect(run.sink.texts() == ["one", "two", "late"])
    }

    @Test func `the hole of a writer that does not append is not read`() throws {
        let writer = open(folder.file("app.log"), O_WRONLY | O_CREAT, 0o644)
        defer { close(writer) }
        let long = [UInt8](repeating: 0x78, count: 70_000) + [0x0A]
        try #require(write(writer, long, long.count) == long.count)
        let run = InputThread(input())
        #expect(run.lines(1))
        try folder.truncate("app.log")
        try #require(write(writer, "two\n", 4) == 4)
        #expect(run.lines(2))
        #expect(run.finish())
        #expect(run.sink.lines().last?.text.utf8.count == 3)
    }

    @Test(arguments: [1, 2, 3]) func `no line is lost or doubled while a file is rotated under load`(
        seed: UInt64
    ) throws {
        let total = 12_000
        try folder.append("", to: "app.log")
        let run = InputThread(input(maxOpen: seed == 3 ? 1 : 256))
        #expect(InputThread.wait { run.status.all == ["up"] })
        var random = SeededGenerator(seed: seed)
        var written = 0
        while written < total {
            let count = min(Int.random(in: 1...600, using: &random), total - written)
            let text = (written..<written + count).map { "line \($0)\n" }.joined()
            try folder.append(text, to: "app.log")
            written += count
            guard Int.random(in: 0..<4, using: &random) == 0 else { continue }
            for number in (1..<40).reversed() where access(folder.file("app.log.\(number)"), F_OK) == 0 {
                try folder.rename("app.log.\(number)", "app.log.\(number + 1)")
            }
            try folder.rename("app.log", "app.log.1")
        }
        #expect(run.lines(total))
        #expect(run.finish())
        let numbers = run.sink.texts().compactMap { Int($0.dropFirst(5)) }
        #expect(numbers.count == total)
        #expect(Set(numbers) == Set(0..<total))
        #expect(Set(run.sink.identities).count == total)
    }

    @Test func `a restart after any batch goes on in every file, wherever it was renamed to`() throws {
        let input = following([folder.file("app.log"), folder.file("app.log.*")])
        let sink = CollectingSink(workerCount: 2)
        var kept: [String: String] = [:]
        for round in 0..<4 {
            let text = (0..<5_000).map { "line \(round * 5_000 + $0) and something to make it longer\n" }.joined()
            try folder.append(text, to: "app.log")
            let run = InputThread(input, positions: kept, once: true, sink: sink)
            #expect(run.end())
            kept = sink.positions()
            if round < 3 { try folder.rename("app.log", "app.log.\(round)") }
        }
        #expect(sink.lineCount == 20_000)
        for count in 0...sink.batchCount {
            let second = InputThread(input, positions: sink.positions(after: count), once: true)
            #expect(second.end())
            let texts = sink.lines(inFirst: count).map(\.text) + second.sink.texts()
            #expect(texts.count == 20_000 && Set(texts).count == 20_000, "after \(count) batches")
        }
    }

    @Test func `nothing that was read before a truncation is read again under load`() throws {
        try folder.append("", to: "app.log")
        let run = InputThread(input())
        var written = 0
        for round in 1...24 {
            try folder.append((0..<50).map { "line \(written + $0) of some length\n" }.joined(), to: "app.log")
            written += 50
            #expect(run.lines(written))
            if round % 3 == 0 { try folder.truncate("app.log") }
        }
        #expect(run.finish())
        #expect(run.sink.texts() == (0..<written).map { "line \($0) of some length" })
        #expect(Set(run.sink.identities).count == written)
    }
}
