import Inputs
import RecordPath
import TestSupport
import Testing

@Suite("Lines that Docker cut into parts")
struct PartialJoinerTests {
    private let stream = SourceStream(.init(input: "journald", key: "k"))

    private func part(
        _ line: String,
        _ bytes: [UInt8],
        _ number: UInt64,
        isCut: Bool = false
    ) throws
        -> PartialJoiner.Line
    {
        PartialJoiner.Line(
            name: try #require(PartialName(container: "c", line: line)),
            stream: stream,
            bytes: bytes,
            time: Int64(number),
            identity: (number, number),
            first: JournalCursor(time: number),
            isCut: isCut
        )
    }

    @Test("are joined in order and known by their first part, though lines are interleaved")
    func joins() throws {
        var joiner = PartialJoiner()
        joiner.add(try part("a", [1], 1), now: 0)
        joiner.add(try part("b", [9], 2), now: 0)
        joiner.add(try part("a", [2, 3], 3), now: 0)
        let name = try #require(PartialName(container: "c", line: "a"))
        let whole = try #require(joiner.line(name))
        #expect(whole.bytes == [1, 2, 3])
        #expect(whole.time == 1)
        #expect(whole.identity == (1, 1))
        #expect(!whole.isCut)
        #expect(joiner.open.map(\.first) == [JournalCursor(time: 1), JournalCursor(time: 2)])
        joiner.remove(name)
        #expect(joiner.line(name) == nil)
        #expect(joiner.open.count == 1)
    }

    @Test("keep the first mebibyte and say that they are cut")
    func cuts() throws {
        var joiner = PartialJoiner()
        let piece = [UInt8](repeating: 7, count: 300_000)
        for number in 1...4 { joiner.add(try part("a", piece, UInt64(number)), now: 0) }
        let line = try #require(joiner.lines.first)
        #expect(line.bytes.count == PartialJoiner.maximumLineBytes)
        #expect(line.isCut)
    }

    @Test("go out unfinished when too many are open, the oldest first")
    func boundsLines() throws {
        var joiner = PartialJoiner()
        for number in 0..<PartialJoiner.maximumOpenLines {
            joiner.add(try part("l\(number)", [1], UInt64(number)), now: 0)
        }
        #expect(joiner.overdue(now: 0) == nil)
        joiner.add(try part("more", [1], 99), now: 0)
        #expect(joiner.overdue(now: 0)?.name.line == "l0")
    }

    @Test("go out unfinished when together they are too large")
    func boundsBytes() throws {
        var joiner = PartialJoiner()
        let piece = [UInt8](repeating: 7, count: PartialJoiner.maximumLineBytes)
        for number in 0..<8 { joiner.add(try part("l\(number)", piece, UInt64(number)), now: 0) }
        #expect(joiner.overdue(now: 0) == nil)
        joiner.add(try part("more", [1], 99), now: 0)
        let oldest = try #require(joiner.overdue(now: 0))
        joiner.remove(oldest.name)
        #expect(joiner.overdue(now: 0) == nil)
    }

    @Test("go out unfinished when the next part does not come, counted from the last one")
    func expires() throws {
        var joiner = PartialJoiner()
        joiner.add(try part("a", [1], 1), now: 1_000)
        joiner.add(try part("a", [1], 1), now: 2_000)
        #expect(joiner.overdue(now: 1_999 + PartialJoiner.patienceMilliseconds) == nil)
        #expect(joiner.overdue(now: 2_000 + PartialJoiner.patienceMilliseconds) != nil)
    }

    @Test("have names without characters that would break a position")
    func names() {
        #expect(PartialName(container: "0a", line: "f-1_.Z")?.text == "0a/f-1_.Z")
        for bad in ["", "a b", "a/b", "a@b", "a\n", "é", String(repeating: "a", count: 129)] {
            #expect(PartialName(container: bad, line: "x") == nil)
            #expect(PartialName(container: "x", line: bad) == nil)
        }
    }
}
