import Agent
import Objectives
import RecordPath
import Settings
import Testing

@Suite struct OutcomeJournalTests {
    private static func set(_ names: [String]) throws -> SLOSet {
        let items = names.map { "{name: \($0), service: s, objective: 99, sli: {bad: status >= 500}}" }
        return try AgentConfiguration.parse("slos: [\(items.joined(separator: ", "))]").slos
    }

    private static func count(_ objective: Int, good: UInt64, bad: UInt64, slot: Int64) -> OutcomeCount {
        OutcomeCount(objective: objective, service: "s", good: good, bad: bad, time: slot * OutcomeCount.slotNanos)
    }

    @Test func `A note of the file's epoch gives its events back, merged by slot, in whatever order the SLOs stand`()
        throws
    {
        var journal = OutcomeJournal(epoch: 7)
        journal.add([Self.count(0, good: 2, bad: 1, slot: 100), Self.count(1, good: 1, bad: 0, slot: 100)])
        journal.add([Self.count(0, good: 3, bad: 0, slot: 100), Self.count(0, good: 1, bad: 1, slot: 101)])
        let note = journal.note(try Self.set(["a", "b"]))
        let order = { (outcomes: [OutcomeCount]) in
            outcomes.sorted { ($0.objective, $0.time) < ($1.objective, $1.time) }
        }
        let back = OutcomeJournal.outcomes(of: note, try Self.set(["b", "a"]), epoch: 7)
        #expect(
            order(back) == [
                Self.count(0, good: 1, bad: 0, slot: 100), Self.count(1, good: 5, bad: 1, slot: 100),
                Self.count(1, good: 1, bad: 1, slot: 101),
            ]
        )
        #expect(OutcomeJournal.outcomes(of: note, try Self.set(["b"]), epoch: 7).count == 1, "an SLO may be gone")
    }

    @Test func `A note of another epoch or a damaged one gives nothing`() throws {
        let set = try Self.set(["a"])
        var journal = OutcomeJournal(epoch: 7)
        journal.add([Self.count(0, good: 2, bad: 1, slot: 100)])
        let note = journal.note(set)
        #expect(OutcomeJournal.outcomes(of: note, set, epoch: 8).isEmpty, "the file has them already")
        for length in 0..<note.count {
            #expect(OutcomeJournal.outcomes(of: Array(note.prefix(length)), set, epoch: 7).isEmpty)
        }
    }
}
