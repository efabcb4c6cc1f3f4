import Inputs
import Testing

@Suite("The watch over the journal's numbers")
struct SequenceWatchTests {
    private func cursor(_ number: UInt64, sequence: Character = "a") -> [UInt8] {
        Array("s=\(String(repeating: sequence, count: 32));i=\(String(number, radix: 16));b=0;m=1;t=1;x=1".utf8)
    }

    /// What it says of each cursor in turn.
    private func say(_ cursors: [[UInt8]]) -> [Bool] {
        var watch = SequenceWatch()
        return cursors.map { $0.withUnsafeBufferPointer { watch.note($0) } }
    }

    @Test("is quiet while numbers follow each other, and speaks when some are missing")
    func speaks() {
        #expect(say([15, 16, 17, 19, 20, 300].map { cursor($0) }) == [false, false, false, true, false, true])
    }

    @Test("does not mind numbers that come again or go back")
    func goesBack() {
        #expect(say([5, 5, 3, 4, 6].map { cursor($0) }) == [false, false, false, false, false])
    }

    @Test("keeps the sequences of several machines apart")
    func separates() {
        let cursors = [cursor(1), cursor(90, sequence: "b"), cursor(2), cursor(91, sequence: "b"), cursor(4)]
        #expect(say(cursors) == [false, false, false, false, true])
    }

    @Test("forgets the oldest of too many sequences")
    func forgets() {
        let many = "0123456789cdefgh".map { cursor(1, sequence: $0) }
        #expect(!say([cursor(1)] + many + [cursor(9)]).contains(true))
    }

    @Test("says nothing of what is no cursor of an entry")
    func refuses() {
        let none = ["", "t=1", "s=1;i=2;b=3", String(repeating: "s", count: 80)].map { Array($0.utf8) }
        let tooLong = Array(cursor(1).prefix(37)) + Array("ffffffffffffffffff;b=1".utf8)
        #expect(!say(none + none + [tooLong, tooLong]).contains(true))
    }
}
