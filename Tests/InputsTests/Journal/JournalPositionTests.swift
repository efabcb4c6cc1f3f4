import Inputs
import TestSupport
import Testing

@Suite("A journal position")
struct JournalPositionTests {
    private func cursor(_ number: Int) throws -> JournalCursor {
        let hex = String(number, radix: 16)
        return try #require(JournalCursor("s=aa;i=\(hex);b=bb;m=\(hex);t=\(hex);x=1"))
    }

    private func open(_ line: String, _ number: Int) throws -> JournalPosition.OpenLine {
        JournalPosition.OpenLine(
            name: try #require(PartialName(container: "c1", line: line)),
            first: try cursor(number)
        )
    }

    @Test("is the cursor alone while no line is open")
    func writesCursor() throws {
        let position = JournalPosition(cursor: try cursor(7))
        #expect(position.text == (try cursor(7)).text)
        #expect(JournalPosition(position.text) == position)
        #expect(position.begin.cursor == (try cursor(7)))
        #expect(!position.begin.isInclusive)
    }

    @Test("begins at the first part of the earliest open line")
    func beginsAtOpenLine() throws {
        let position = JournalPosition(cursor: try cursor(20), open: [try open("x", 12), try open("y", 9)])
        #expect(JournalPosition(position.text) == position)
        #expect(position.begin.cursor == (try cursor(9)))
        #expect(position.begin.isInclusive)
    }

    @Test("takes the entry at the cursor too when it is itself the open part")
    func beginsAtCursor() throws {
        let position = JournalPosition(cursor: try cursor(20), open: [try open("x", 20)])
        #expect(position.begin.cursor == (try cursor(20)))
        #expect(position.begin.isInclusive)
    }

    @Test("is not read from damaged text, and never traps")
    func refusesDamage() throws {
        let whole = JournalPosition(cursor: try cursor(20), open: [try open("x", 12), try open("y", 9)]).text
        var random = SeededGenerator(seed: 11)
        for _ in 0..<5_000 {
            var bytes = Array(whole.utf8)
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            let length = Int.random(in: 0...bytes.count, using: &random)
            if let position = JournalPosition(String(decoding: bytes.prefix(length), as: UTF8.self)) {
                #expect(JournalPosition(position.text) == position)
            }
        }
        #expect(JournalPosition("") == nil)
        #expect(JournalPosition("\((try cursor(1)).text) junk") == nil)
    }
}
