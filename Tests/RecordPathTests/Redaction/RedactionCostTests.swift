import AllocationCounter
import RecordPath
import RedactionCorpus
import Testing

/// What redaction may cost in memory.
@Suite struct RedactionCostTests {
    @Test func `A clean line allocates nothing`() {
        let lines = RedactionCorpus.clean(count: 600, seed: 11).map { Array($0.utf8) }
        var probe = FilterProbe(RedactionOptions(detectors: ["all"], keys: ["all"]))
        let clean = lines.filter { probe.redact($0) == $0 }
        #expect(clean.count > 500)
        // The first round learns shapes and keys.
        for line in clean { probe.look(at: line) }
        let before = allocations_of_this_thread()
        for line in clean { probe.look(at: line) }
        #expect(allocations_of_this_thread() - before == 0)
    }

    @Test(arguments: ["a='b ", "a=\"b ", "a=[b ", "k{'", "x=<"])
    func `Brackets and quotes that open again and again and never close take no squares of time`(text: String) {
        var probe = FilterProbe()
        let line = Array(("k=v " + String(repeating: text, count: (4 << 20) / text.utf8.count)).utf8)
        // Milliseconds; squares would take a quarter of an hour.
        let taken = ContinuousClock().measure { probe.look(at: line) }
        #expect(taken < .seconds(20))
    }

    @Test func `The rules of all detectors take less than 4 MiB`() {
        let before = bytes_of_this_thread()
        var problems: [RedactionProblem] = []
        let policy = RedactionPolicy(RedactionOptions(detectors: ["all"], keys: ["all"]), problems: &problems)
        let taken = bytes_of_this_thread() - before
        #expect(policy.detectorNames.count > 150)
        #expect(taken > 0 && taken < 4 << 20, "\(taken) bytes")
    }
}
