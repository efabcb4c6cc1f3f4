import Glibc
import Inputs
import RecordPath
import TestSupport
import Testing

/// Real files in a folder of each test's own.
struct FilesInputTests {
    let folder: TestFolder

    init() throws { folder = try TestFolder() }

    private func input(
        _ pattern: String = "*.log",
        format: FilesOptions.Format = .lines,
        start: FilesOptions.Start = .beginning,
        usesInotify: Bool = true,
        maxOpen: Int = 256
    ) -> FilesInput {
        let group = FilesOptions.Group(paths: [folder.file(pattern)], format: format, start: start)
        return FilesInput(
            options: FilesOptions(
                groups: [group],
                rescan: .milliseconds(50),
                rotatedQuiet: .milliseconds(200),
                maxOpen: maxOpen,
                usesInotify: usesInotify
            )
        )
    }

    @Test(arguments: [true, false]) func `lines that are appended arrive in order`(usesInotify: Bool) throws {
        try folder.append("one\ntwo\n", to: "a.log")
        let run = InputRun(input(usesInotify: usesInotify))
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
        let first = InputRun(input())
        #expect(first.lines(2))
        #expect(first.finish())
        try folder.append("three\n", to: "a.log")
        let second = InputRun(input(), positions: first.sink.positions())
        #expect(second.lines(1))
        #expect(second.finish())
        #expect(second.sink.texts() == ["three"])
        #expect(second.sink.origins.first?.key == first.sink.origins.first?.key)
    }

    @Test func `once reads what there is, a last line without its newline too`() throws {
        try folder.append("one\ntwo", to: "a.log")
        try folder.append("alone", to: "b.log")
        let run = InputRun(input(), once: true)
        #expect(run.end())
        #expect(run.sink.texts().sorted() == ["alone", "one", "two"])
    }
}
