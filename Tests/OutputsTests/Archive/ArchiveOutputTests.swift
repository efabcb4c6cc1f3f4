import Outputs
import Synchronization
import TestSupport
import Testing

@Suite struct ArchiveOutputTests {
    private let directory: TestDirectory
    private let time = TestTime()

    init() throws {
        directory = try TestDirectory()
    }

    private func output(
        _ change: (inout ArchiveOptions) -> Void = { _ in },
        files: (any ArchiveFiles)? = nil,
        committed: String? = nil
    ) -> ArchiveOutput {
        var options = ArchiveOptions(directory: directory.file("a/b"))
        change(&options)
        let time = time
        return ArchiveOutput(
            options,
            files: files ?? DiskArchiveFiles(directory: options.directory),
            committed: committed,
            now: { time.now }
        )
    }

    private func batch(_ text: String, gzip: Bool = true) throws -> SealedBatch {
        let body = Array((text + "\n").utf8)
        let type = (name: "Content-Type", value: "application/x-ndjson")
        return SealedBatch(
            body: gzip ? try Compressor.once(.gzip(.zlib, level: 6), body) : body,
            headers: gzip ? [type, ("Content-Encoding", "gzip")] : [type],
            records: 1,
            rawBytes: body.count,
            oldest: 0
        )
    }

    private var names: [String] { directory.names.isEmpty ? [] : list("a/b") }

    private func list(_ path: String) -> [String] {
        let files = DiskArchiveFiles(directory: directory.file(path))
        return ((try? files.list()) ?? []).map(\.name).sorted()
    }

    private func contents() throws -> [String] {
        try names.filter { $0.hasSuffix(".gz") }.map { name in
            let bytes = try directory.read("a/b/" + name)
            guard let text = Gunzip.expand(bytes, limit: 1 << 20) else { throw TestFailure("\(name) is damaged") }
            return String(decoding: text, as: UTF8.self)
        }
    }

    @Test func `batches follow each other in a file that gunzip reads`() async throws {
        let output = output()
        for text in ["one", "two", "three"] { #expect(await output.send(try batch(text)) == .delivered) }
        #expect(try contents() == ["one\ntwo\nthree\n"])
    }

    @Test func `without compression the file is plain`() async throws {
        let output = output()
        #expect(await output.send(try batch("one", gzip: false)) == .delivered)
        #expect(names.count == 1)
        #expect(try directory.read("a/b/" + names[0]) == Array("one\n".utf8))
        #expect(names[0].hasSuffix(".ndjson"))
    }

    @Test func `what was written behind the committed position is there once after a restart`() async throws {
        let first = output()
        #expect(await first.send(try batch("one")) == .delivered)
        let committed = await first.position()
        #expect(await first.send(try batch("two")) == .delivered)
        // Killed before the acknowledgement of the second was committed: it comes again.
        let second = output(committed: committed)
        #expect(await second.missing(from: try batch("two")) == .missing(try batch("two")))
        #expect(await second.send(try batch("two")) == .delivered)
        #expect(try contents().joined() == "one\ntwo\n")
    }

    @Test func `a file begun behind the committed position is set aside`() async throws {
        let first = output { $0.fileBytes = 1 }
        #expect(await first.send(try batch("one")) == .delivered)
        let committed = await first.position()
        #expect(await first.send(try batch("two")) == .delivered)
        let second = output(committed: committed)
        #expect(await second.send(try batch("two")) == .delivered)
        #expect(try contents().joined() == "one\ntwo\n")
        #expect(names.filter { $0.hasSuffix(".uncommitted") }.count == 1)
    }

    @Test func `the oldest files go when there are too many`() async throws {
        let output = output {
            $0.fileBytes = 1
            $0.keepBytes = 150
        }
        for number in 0..<20 { #expect(await output.send(try batch("\(number)")) == .delivered) }
        let kept = try contents()
        #expect(kept.last == "19\n")
        #expect((2..<10).contains(kept.count))
    }

    @Test func `a write that fails is tried again and leaves nothing behind`() async throws {
        for step in 0..<12 {
            let files = FailingArchiveFiles(failAt: step)
            let output = output({ $0.fileBytes = 60 }, files: files)
            var delivered = ""
            for text in ["one", "two", "three", "four"] {
                // Some step of this or the next batch fails once.
                var outcome = await output.send(try batch(text))
                if case .retry = outcome { outcome = await output.send(try batch(text)) }
                #expect(outcome == .delivered)
                delivered += text + "\n"
            }
            #expect(files.text == delivered, "step \(step)")
        }
    }

    @Test func `a disk that stays full is reported, not passed over`() async throws {
        let files = FailingArchiveFiles(failAt: 1, times: 1000)
        let output = output(files: files)
        for _ in 0..<3 {
            guard case .retry(let reason, _) = await output.send(try batch("one")) else {
                Issue.record("taken")
                return
            }
            #expect(reason.contains("No space left on device"))
        }
    }

    @Test func `a directory that cannot be made is reported`() async throws {
        try directory.write("file", "")
        let output = ArchiveOutput(
            ArchiveOptions(),
            files: DiskArchiveFiles(directory: directory.file("file/x")),
            committed: nil,
            now: { 0 }
        )
        guard case .retry = await output.send(try batch("one")) else {
            Issue.record("taken")
            return
        }
        #expect(await output.position() == nil)
    }
}

/// Files in memory; from one operation on, some fail, and what they did is half done.
private final class FailingArchiveFiles: ArchiveFiles {
    private struct State {
        var files: [String: [UInt8]] = [:]
        var step = 0
    }

    private let state = Mutex(State())
    private let failing: Range<Int>

    init(failAt: Int, times: Int = 1) {
        failing = failAt..<failAt + times
    }

    /// All files together.
    var text: String {
        let files = state.withLock(\.files)
        return files.keys.sorted().map { name in
            let contents = files[name] ?? []
            if contents.isEmpty { return "" }
            return Gunzip.expand(contents, limit: 1000).map { String(decoding: $0, as: UTF8.self) } ?? "damaged"
        }.joined()
    }

    private func perform(_ operation: (inout State, _ fails: Bool) -> Void) throws(ArchiveError) {
        let fails = state.withLock { state in
            let fails = failing.contains(state.step)
            state.step += 1
            operation(&state, fails)
            return fails
        }
        // ENOSPC.
        if fails { throw ArchiveError("on purpose", code: 28) }
    }

    func list() throws(ArchiveError) -> [(name: String, bytes: Int)] {
        try perform { _, _ in }
        return state.withLock { state in state.files.map { ($0.key, $0.value.count) } }
    }

    func create(_ name: String) throws(ArchiveError) {
        try perform { state, _ in state.files[name] = [] }
    }

    func append(_ bytes: [UInt8], to name: String, at offset: Int) throws(ArchiveError) {
        try perform { state, fails in
            let written = fails ? bytes.count / 2 : bytes.count
            state.files[name] = Array((state.files[name] ?? []).prefix(offset)) + bytes.prefix(written)
        }
    }

    func truncate(_ name: String, to bytes: Int) throws(ArchiveError) {
        try perform { state, fails in
            if !fails { state.files[name] = Array((state.files[name] ?? []).prefix(bytes)) }
        }
    }

    func rename(_ name: String, to other: String) throws(ArchiveError) {
        try perform { state, fails in
            if !fails { state.files[other] = state.files.removeValue(forKey: name) }
        }
    }

    func remove(_ name: String) throws(ArchiveError) {
        try perform { state, fails in
            if !fails { state.files[name] = nil }
        }
    }
}
