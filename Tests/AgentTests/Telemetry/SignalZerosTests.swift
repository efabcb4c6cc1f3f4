import Agent
import RecordPath
import Testing

/// Counters that are there before their first event.
@Suite struct SignalZerosTests {
    @Test("Everything that could be counted of a service is there with 0, and what was counted stays")
    func zeros() {
        var signals = SignalSnapshot(bounds: [])
        signals.readRecords[.init(service: "shop", label: "files")] = 3
        signals.breaks[.init(service: "shop", label: "all_zero")] = 2
        signals.dropped["filter"] = 5
        let all = signals.withZeros
        #expect(all.breaks.count == TraceContextFault.allCases.count)
        #expect(all.breaks[.init(service: "shop", label: "all_zero")] == 2)
        #expect(all.breaks[.init(service: "shop", label: "trace_changed")] == 0)
        #expect(
            all.replacedTimes == [.init(service: "shop", label: "year"): 0, .init(service: "shop", label: "future"): 0]
        )
        #expect(all.truncated == ["shop": 0])
        #expect(all.dropped == ["filter": 5, "redaction_rule": 0, "redaction_failed": 0])
        #expect(all.readRecords == signals.readRecords)
    }

    @Test("Nothing is made up before anything was read")
    func empty() {
        let all = SignalSnapshot(bounds: []).withZeros
        #expect(all.breaks.isEmpty && all.replacedTimes.isEmpty && all.truncated.isEmpty)
    }
}
