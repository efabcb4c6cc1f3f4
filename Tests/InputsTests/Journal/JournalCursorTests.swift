import Inputs
import Testing

@Suite("A journal cursor")
struct JournalCursorTests {
    private static let sequence = "s=5df69b4f2d8c4b2d9480ac4ad6dde46b"
    private static let boot = "b=00d68fc3c44d433da5ebfd7ee08d9d2a"

    private func cursor(
        _ number: String,
        time: String,
        sequence: String = sequence,
        mark: String = "1"
    ) throws
        -> JournalCursor
    {
        try #require(JournalCursor("\(sequence);i=\(number);\(Self.boot);m=\(time);t=\(time);x=\(mark)"))
    }

    @Test("is read from libsystemd's text and kept as it is")
    func reads() throws {
        let text = "\(Self.sequence);i=7a120;\(Self.boot);m=5b8d76;t=60a24186a8b36;x=ecc49bf2cd17abfb"
        let cursor = try #require(JournalCursor(text))
        #expect(cursor.text == text)
        #expect(cursor.realtime == 0x60a24186a8b36)
        #expect(!cursor.isTimeOnly)
    }

    @Test("can be a time alone")
    func readsTime() throws {
        let cursor = JournalCursor(time: 1_700_000_000_000_000)
        #expect(cursor.isTimeOnly)
        #expect(JournalCursor(cursor.text) == cursor)
    }

    @Test(
        "is not read from anything else",
        arguments: [
            "", "x", "t", "t=", "t=zz", "s=1;i=2", "t=1;s=2", "t=10000000000000000", "t=1 ", "t=1\n", "=1;t=1",
            "t=-1", String(repeating: "t=1;", count: 100),
        ]
    )
    func refuses(_ text: String) {
        #expect(JournalCursor(text) == nil)
    }

    @Test("names the same entry after journald has copied it to another file")
    func isSameAfterFlush() throws {
        let before = try cursor("5", time: "a0")
        #expect(before.isSameEntry(as: try cursor("1", time: "a0", sequence: "s=00")))
        #expect(!before.isSameEntry(as: try cursor("1", time: "a1", sequence: "s=00")))
        #expect(!before.isSameEntry(as: try cursor("1", time: "a0", sequence: "s=00", mark: "2")))
        #expect(!before.isBehind(try cursor("1", time: "a0", sequence: "s=00")))
    }

    @Test("knows its direct successor")
    func knowsNext() throws {
        let entry = try cursor("9", time: "b0")
        #expect(try cursor("a", time: "c0").isNext(after: entry))
        #expect(!(try cursor("b", time: "c0").isNext(after: entry)))
        #expect(!(try cursor("a", time: "c0", sequence: "s=00").isNext(after: entry)))
        #expect(!entry.isNext(after: JournalCursor(time: 1)))
    }

    @Test("orders by sequence number within a sequence, whatever the clock did, and by time between two")
    func orders() throws {
        let first = try cursor("9", time: "b0")
        let second = try cursor("a", time: "a0")
        #expect(second.isBehind(first))
        #expect(!first.isBehind(second))
        #expect(!first.isBehind(first))
        #expect(first.isBehind(try cursor("ff", time: "a0", sequence: "s=00")))
        #expect(first.isBehind(JournalCursor(time: 0xa0)))
        #expect(JournalCursor(time: 0xc0).isBehind(first))
    }
}
