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

    @Test func `The rules of all detectors take less than 4 MiB`() {
        let before = bytes_of_this_thread()
        var problems: [RedactionProblem] = []
        let policy = RedactionPolicy(RedactionOptions(detectors: ["all"], keys: ["all"]), problems: &problems)
        let taken = bytes_of_this_thread() - before
        #expect(policy.detectorNames.count > 150)
        #expect(taken > 0 && taken < 4 << 20, "\(taken) bytes")
    }
}
