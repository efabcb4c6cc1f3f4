import Outputs
import TestSupport
import Testing

@Suite struct LokiReadbackTests {
    static let labels = #"{level="info", service_name="shop \"1\""}"#

    private func missing(_ fixture: LokiFixture, _ batch: SealedBatch) async -> Int? {
        switch await fixture.output.missing(from: batch) {
        case .stored: 0
        case .missing(let rest): rest.records
        case .unknown: nil
        }
    }

    @Test func `only what is missing comes back, and it fills the gap`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let all = fixture.entries(10, metadata: ["trace_id": "t"])
        let some = all.enumerated().filter { $0.offset % 3 == 0 }.map(\.element)
        #expect(await fixture.output.send(try LokiBatch.protobuf([(Self.labels, some)])) == .delivered)
        guard case .missing(let rest) = await fixture.output.missing(from: try LokiBatch.protobuf([(Self.labels, all)]))
        else {
            Issue.record("nothing missing")
            return
        }
        #expect(rest.records == 6)
        #expect(await fixture.output.send(rest) == .delivered)
        #expect(fixture.lines == all.map(\.line).sorted())
    }

    @Test(arguments: [true, false]) func `more entries than a page are looked through`(_ isProtobuf: Bool) async throws
    {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let start = fixture.time.now - 3_000_000_000
        // Bursts of 700 in one instant, so that pages end in the middle of one.
        let entries = (0..<3500).map { index in
            LokiContractEntry(time: start + Int64(index / 700) * 1000, line: "line \(index)")
        }
        let stream = ["service_name": "s"]
        let half = entries.enumerated().filter { $0.offset % 2 == 0 }.map(\.element)
        let batch =
            isProtobuf
            ? try LokiBatch.protobuf([(#"{service_name="s"}"#, entries)]) : try LokiBatch.json([(stream, entries)])
        #expect(await missing(fixture, batch) == 3500)
        #expect(await fixture.output.send(try LokiBatch.json([(stream, half)])) == .delivered)
        #expect(await missing(fixture, batch) == 1750)
        #expect(await fixture.output.send(batch) == .delivered)
        #expect(await missing(fixture, batch) == 0)
    }

    @Test func `an instant that holds more than a page is asked for as a whole`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let time = fixture.time.now - 3_000_000_000
        let entries = (0..<3_000).map { LokiContractEntry(time: time, line: "line \($0)") }
        let batch = try LokiBatch.protobuf([(Self.labels, entries)])
        #expect(await fixture.output.send(batch) == .delivered)
        #expect(await missing(fixture, batch) == 0)
        // More than Loki gives in one answer: nobody can tell, which is not the same as absent.
        let more = (0..<6_000).map { LokiContractEntry(time: time + 5, line: "line \($0)") }
        let large = try LokiBatch.protobuf([(Self.labels, more)])
        #expect(await fixture.output.send(large) == .delivered)
        #expect(await fixture.output.missing(from: large) == .unknown)
    }

    @Test func `entries that differ in metadata alone are told apart`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let time = fixture.time.now
        let entries = ["a", "b"].map { LokiContractEntry(time: time, line: "same", metadata: ["span_id": $0]) }
        let batch = try LokiBatch.protobuf([(Self.labels, entries)])
        _ = await fixture.output.send(try LokiBatch.protobuf([(Self.labels, [entries[1]])]))
        guard case .missing(let rest) = await fixture.output.missing(from: batch) else {
            Issue.record("nothing missing")
            return
        }
        _ = await fixture.output.send(rest)
        #expect(
            fixture.server.streams().values.flatMap(\.self).map { $0.metadata["span_id"] }.sorted {
                $0 ?? "" < $1 ?? ""
            } == ["a", "b"]
        )
    }

    @Test func `lines with invalid UTF-8 are found again`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let entry = LokiContractEntry(time: fixture.time.now, line: "bad \u{FFFD}\u{FFFD} bytes")
        let batch = try LokiBatch.protobuf([(Self.labels, [entry])])
        _ = await fixture.output.send(batch)
        #expect(await missing(fixture, batch) == 0)
    }

    @Test func `spans longer than one query may be are asked in parts`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let day: Int64 = 86_400_000_000_000
        let entries = [100, 70, 40, 5, 1].map {
            LokiContractEntry(time: fixture.time.now - $0 * day, line: "day \($0)")
        }
        #expect(await missing(fixture, try LokiBatch.protobuf([(Self.labels, entries)])) == 5)
        _ = await fixture.output.send(try LokiBatch.protobuf([(Self.labels, entries)]))
        // The server took those of the last week.
        #expect(await missing(fixture, try LokiBatch.protobuf([(Self.labels, entries)])) == 3)
    }

    @Test func `a body that is not ours is not guessed at`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let batch = SealedBatch(
            body: [1, 2, 3],
            headers: [("Content-Type", "application/x-protobuf")],
            records: 3,
            rawBytes: 3,
            oldest: 0
        )
        #expect(await missing(fixture, batch) == nil)
        #expect(fixture.output.parts(of: batch).isEmpty)
        #expect(fixture.server.queryCount == 0)
    }
}
