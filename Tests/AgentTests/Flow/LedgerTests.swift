import Agent
import RecordPath
import Testing

@Suite struct LedgerTests {
    private func mark(_ number: Int) -> [RecordBatch.Mark] { [.init(key: "k", position: "\(number)")] }

    private func positions(_ settled: Ledger.Settled) -> [String?] { settled.marks.map(\.position) }

    @Test("A position is given back when every output has acknowledged its batch and those before")
    func inOrder() {
        var ledger = Ledger()
        ledger.add(marks: mark(1), bytes: 10, owes: 0b11)
        ledger.add(marks: mark(2), bytes: 20, owes: 0b01)
        ledger.acknowledge(output: 0, through: 2)
        #expect(ledger.settle() == .init())
        ledger.acknowledge(output: 1, through: 1)
        let settled = ledger.settle()
        #expect(positions(settled) == ["1", "2"])
        #expect(settled.bytes == 30)
        #expect(ledger.count == 0)
    }

    @Test("A batch of which a line waits keeps its position, and so do those behind it")
    func waiting() {
        var ledger = Ledger()
        ledger.add(marks: mark(1), bytes: 1, owes: 0)
        ledger.add(marks: mark(2), bytes: 1, owes: 0, waiting: 2)
        ledger.add(marks: mark(3), bytes: 1, owes: 0, waiting: 2)
        #expect(positions(ledger.settle()) == ["1"])
        ledger.add(marks: mark(4), bytes: 1, owes: 0)
        #expect(positions(ledger.settle()) == ["2", "3", "4"])
    }

    @Test("A line that waited is safe only with the batch that it was encoded with")
    func encodedLater() {
        var ledger = Ledger()
        ledger.add(marks: mark(1), bytes: 1, owes: 1, waiting: 1)
        // A request that holds the first batch's other lines is acknowledged before the waiting line is encoded …
        ledger.acknowledge(output: 0, through: 1)
        #expect(ledger.settle() == .init(marks: [], bytes: 1))
        ledger.add(marks: [], bytes: 0, owes: 1)
        #expect(ledger.settle() == .init())
        // … and only the request with that line lets the position go.
        ledger.acknowledge(output: 0, through: 2)
        #expect(positions(ledger.settle()) == ["1"])
    }

    @Test("A stream whose last line always waits does not keep positions for ever")
    func continuousText() {
        var ledger = Ledger()
        var given: [String?] = []
        for number in 1...50 {
            ledger.add(marks: mark(number), bytes: 1, owes: 1, waiting: UInt64(number))
            ledger.acknowledge(output: 0, through: UInt64(number))
            given += positions(ledger.settle())
        }
        #expect(given == (1...49).map { "\($0)" })
    }
}
