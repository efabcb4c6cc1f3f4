import RecordPath
import Testing

@Suite struct RequestMemoryTests {
    static let second: Int64 = 1_000_000_000
    static let start: Int64 = 1_700_000_000 * second
    static let long = "8f14e45f-ceea-467f-a0e6-0c6f4f2b9c1d"

    static func id(_ low: UInt64) -> TraceID? { TraceID(high: 7, low: low) }

    static func see(
        _ memory: inout RequestMemory,
        _ request: String,
        _ trace: TraceID?,
        service: UInt64 = 1,
        at seconds: Int64 = 0
    ) -> RequestMemory.Answer {
        Array(request.utf8).withUnsafeBufferPointer {
            memory.see(.init(request: $0, trace: trace, service: service, time: start + seconds * second))
        }
    }

    @Test func aLineWithOnlyARequestIDGetsTheTraceSeenWithIt() {
        var memory = RequestMemory()
        #expect(Self.see(&memory, "r1", nil).inherited == nil)
        #expect(Self.see(&memory, "r1", Self.id(5)) == .init(inherited: nil, isChanged: false))
        #expect(Self.see(&memory, "r1", nil, at: 1).inherited == Self.id(5))
        #expect(Self.see(&memory, "r2", nil, at: 1).inherited == nil)
        #expect(Self.see(&memory, "", nil, at: 1).inherited == nil)
    }

    @Test func anIDIsForgottenAfterItsTime() {
        var memory = RequestMemory(options: .init(remember: 300 * Self.second))
        _ = Self.see(&memory, "r1", Self.id(5))
        #expect(Self.see(&memory, "r1", nil, at: 300).inherited == Self.id(5))
        #expect(Self.see(&memory, "r1", nil, at: 301).inherited == nil)
        // a line that comes late is as near as one that comes early
        #expect(Self.see(&memory, "r1", nil, at: -299).inherited == Self.id(5))
        #expect(Self.see(&memory, "r1", nil, at: -301).inherited == nil)
    }

    @Test func onlyLongIDsAreKnownInOtherServices() {
        var memory = RequestMemory()
        _ = Self.see(&memory, Self.long, Self.id(5), service: 1)
        _ = Self.see(&memory, "17", Self.id(6), service: 1)
        #expect(Self.see(&memory, Self.long, nil, service: 2).inherited == Self.id(5))
        #expect(Self.see(&memory, "17", nil, service: 2).inherited == nil)
        // what a service knows itself goes first
        _ = Self.see(&memory, Self.long, Self.id(8), service: 2)
        #expect(Self.see(&memory, Self.long, nil, service: 2).inherited == Self.id(8))
        #expect(Self.see(&memory, Self.long, nil, service: 1).inherited == Self.id(5))
    }

    @Test func aRequestIDThatChangesItsTraceIsToldOnce() {
        var memory = RequestMemory()
        _ = Self.see(&memory, "r1", Self.id(5))
        #expect(Self.see(&memory, "r1", Self.id(6), at: 1).isChanged)
        #expect(!Self.see(&memory, "r1", Self.id(6), at: 2).isChanged)
        // a service that does not pass the trace on is seen, too
        _ = Self.see(&memory, Self.long, Self.id(7), service: 1, at: 3)
        #expect(Self.see(&memory, Self.long, Self.id(8), service: 2, at: 4).isChanged)
        #expect(!Self.see(&memory, Self.long, Self.id(8), service: 2, at: 5).isChanged)
        #expect(!Self.see(&memory, "r1", Self.id(9), at: 900).isChanged)
    }

    /// Runs traces that begin in service 1, of which `continued` go on in service 2, and lets their time pass.
    static func breaks(continued: Int, ended: Int) -> [UInt64: Int] {
        var memory = RequestMemory(options: .init(remember: 10 * second, entries: 4096))
        for number in 0..<(continued + ended) {
            let trace = id(UInt64(number + 1))
            _ = see(&memory, "", trace, service: 1)
            // the ones that end here are the last, so that the service is known by then
            if number < continued { _ = see(&memory, "", trace, service: 2) }
        }
        for _ in 0..<3 { for _ in 0..<4096 { _ = see(&memory, "", nil, service: 3, at: 100) } }
        var found: [UInt64: Int] = [:]
        memory.takeNeverContinued { found[$0] = $1 }
        memory.takeNeverContinued { service, _ in Issue.record("counted again for \(service)") }
        return found
    }

    @Test func aTraceThatNeverLeavesAServiceWhoseOthersDoIsABreak() throws {
        let found = Self.breaks(continued: 200, ended: 20)
        let count = try #require(found[1])
        // those that the sweep meets before eight others have gone on are not counted
        #expect(count > 10 && count <= 20)
        #expect(found.count == 1)
    }

    @Test func aServiceThatCallsNoOtherBreaksNothing() {
        #expect(Self.breaks(continued: 0, ended: 300) == [:])
        #expect(Self.breaks(continued: 3, ended: 300) == [:])
    }

    @Test func memoryIsBoundedAndStaysRight() {
        var source = InputSource(seed: 101)
        var memory = RequestMemory(options: .init(remember: 1000 * Self.second, entries: 256))
        var truth: [String: TraceID] = [:]
        var found = 0
        for round in 0..<50_000 {
            let request = "request-number-\(source.below(400))"
            if source.below(2) == 0, let trace = Self.id(source.next() | 1) {
                let answer = Self.see(&memory, request, trace, at: Int64(round / 100))
                // it may have forgotten, but it never makes a change up
                if answer.isChanged { #expect(truth[request] != nil && truth[request] != trace) }
                truth[request] = trace
            } else if let inherited = Self.see(&memory, request, nil, at: Int64(round / 100)).inherited {
                #expect(inherited == truth[request])
                found += 1
            }
        }
        #expect(found > 1000)
    }
}
