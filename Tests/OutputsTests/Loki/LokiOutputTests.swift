import Outputs
import TestSupport
import Testing

@Suite struct LokiOutputTests {
    static let labels = #"{level="info", service_name="shop"}"#
    static let parsed = ["level": "info", "service_name": "shop"]

    @Test func `protobuf entries are stored as they were`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let entries = fixture.entries(3, "a \"b\" \\ \u{1F600}\n", metadata: ["trace_id": "abc", "request_id": "r-1"])
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, entries)])])
        #expect(fixture.server.streams()[Self.parsed] == entries)
        #expect(fixture.observer.account.delivered == 3)
        #expect(fixture.observer.account.codes == ["204"])
        #expect(fixture.server.complaints.isEmpty)
    }

    @Test(arguments: [true, false]) func `JSON entries are stored as they were`(_ gzip: Bool) async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let entries = fixture.entries(3, "a \"b\" \\ \u{1F600}\n", metadata: ["trace_id": "abc"])
        await fixture.ship([try LokiBatch.json([(Self.parsed, entries)], gzip: gzip)])
        #expect(fixture.server.streams()[Self.parsed] == entries)
    }

    @Test func `the tenant goes along, and without one the batch is held, not dropped`() async throws {
        let with = try LokiFixture(needsTenant: true, tenant: "acme")
        defer { with.server.stop() }
        let batch = try LokiBatch.protobuf([(Self.labels, with.entries(1))])
        #expect(await with.output.send(batch) == .delivered)
        #expect(with.server.streams(tenant: "acme").count == 1)
        let without = try LokiFixture(needsTenant: true)
        defer { without.server.stop() }
        #expect(await without.output.send(batch) == .hold(reason: "not authenticated (401)"))
    }

    /// Everything that can go wrong with one push and come right afterwards.
    static let faults: [(name: String, fault: LokiFault)] = [
        ("260", .blocked), ("401", .refuse(status: 401)), ("403", .refuse(status: 403)), ("404", .refuse(status: 404)),
        ("429 tenant", .rateLimited), ("429 stream", .streamRateLimited), ("429 streams", .streamLimited),
        ("500", .broken), ("502", .refuse(status: 502, text: "<html>Bad Gateway</html>")), ("503", .busy),
        ("504", .refuse(status: 504)), ("302", .refuse(status: 302)),
        ("200 page", .refuse(status: 200, text: "<html>")),
        ("lost, closed", .lose(.close)), ("lost, reset", .lose(.reset)), ("failed, closed", .fail(.close)),
        ("failed, reset", .fail(.reset)), ("reset request", .resetRequest(after: 20)),
        ("500 after some", .storeSome(entries: 1, status: 500, text: "rpc error")),
        ("500 after all", .storeSome(entries: .max, status: 500, text: "rpc error")),
        ("dripped", .answer(.drip(milliseconds: 1))),
    ]

    @Test(arguments: faults.indices) func `after any failure every line is there once`(_ index: Int) async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(Self.faults[index].fault)
        let entries = fixture.entries(5)
        await fixture.ship([
            try LokiBatch.protobuf([
                (Self.labels, entries), (#"{service_name="other"}"#, fixture.entries(4, "other")),
            ])
        ])
        #expect(fixture.lines == (entries + fixture.entries(4, "other")).map(\.line).sorted())
        #expect(fixture.observer.account.delivered == 9)
        #expect(fixture.observer.account.rejected.isEmpty)
        #expect(fixture.observer.account.uncertain == 0)
    }

    @Test func `a server that hangs after it stored is asked, not sent to again`() async throws {
        // Long enough for what is asked afterwards, on a busy machine too.
        let fixture = try LokiFixture(requestTimeout: .seconds(2))
        defer { fixture.server.stop() }
        fixture.server.fail(.lose(.hang))
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, fixture.entries(3))])])
        #expect(fixture.server.pushes.count == 1)
        #expect(fixture.lines.count == 3)
    }

    @Test func `chunks that were cut in between do not make a line stand twice`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let batch = try LokiBatch.protobuf([(Self.labels, fixture.entries(3))])
        #expect(await fixture.output.send(batch) == .delivered)
        fixture.server.cutChunks()
        #expect(await fixture.output.missing(from: batch) == .stored)
        // The server would store it again: that is what the look before is for.
        #expect(await fixture.output.send(batch) == .delivered)
        #expect(fixture.lines.count == 6)
    }

    @Test func `where queries are not answered the same bytes go again and that is counted`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(.lose(.reset))
        fixture.server.failQueries()
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, fixture.entries(3))])])
        #expect(fixture.server.pushes.count == 2)
        #expect(fixture.server.pushes.first?.body == fixture.server.pushes.last?.body)
        #expect(fixture.observer.account.uncertain == 3)
        // Loki itself drops exact duplicates of an open chunk.
        #expect(fixture.lines.count == 3)
    }

    @Test func `with readback off nothing is asked`() async throws {
        let fixture = try LokiFixture(readback: .off)
        defer { fixture.server.stop() }
        fixture.server.fail(.lose(.reset))
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, fixture.entries(3))])])
        #expect(fixture.server.queryCount == 0)
        #expect(fixture.observer.account.uncertain == 3)
    }

    @Test func `what Loki refuses is counted by reason, the rest is delivered once`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        var entries = fixture.entries(5)
        let day: Int64 = 86_400_000_000_000
        entries.append(LokiContractEntry(time: fixture.time.now - 8 * day, line: "old"))
        entries.append(LokiContractEntry(time: fixture.time.now + day, line: "new"))
        entries.append(
            LokiContractEntry(time: fixture.time.now, line: String(repeating: "x", count: 256 << 10 + 1))
        )
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, entries)])])
        #expect(fixture.observer.account.rejected == ["too_old": 1, "too_new": 1, "line_too_long": 1])
        #expect(fixture.observer.account.delivered == 5)
        #expect(fixture.server.pushes.count == 1)
        #expect(fixture.lines.count == 5)
    }

    @Test func `entries too far behind are counted`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        var entries = fixture.entries(2)
        entries.append(LokiContractEntry(time: fixture.time.now - 2 * 3_600_000_000_000, line: "behind"))
        await fixture.ship([try LokiBatch.protobuf([(Self.labels, entries)])])
        #expect(fixture.observer.account.rejected == ["too_far_behind": 1])
        #expect(fixture.observer.account.delivered == 2)
    }

    @Test(arguments: [true, false]) func `a push over the limit goes in parts, in order`(
        _ isProtobuf: Bool
    ) async throws {
        var limits = LokiContractLimits()
        limits.requestBytes = 700
        let fixture = try LokiFixture(limits: limits)
        defer { fixture.server.stop() }
        let entries = fixture.entries(200, "\(UInt64.max) \(Int64.min)")
        let batch =
            isProtobuf
            ? try LokiBatch.protobuf([(Self.labels, entries)])
            : try LokiBatch.json([(Self.parsed, entries)], gzip: false)
        await fixture.ship([batch])
        #expect(fixture.server.streams()[Self.parsed] == entries)
        #expect(fixture.server.pushes.count > 1)
        #expect(fixture.observer.account.delivered == 200)
    }

    @Test func `a stream with bad labels does not take the others along`() async throws {
        let fixture = try LokiFixture()
        defer { fixture.server.stop() }
        let batch = try LokiBatch.protobuf([("{broken", fixture.entries(2, "bad")), (Self.labels, fixture.entries(3))])
        await fixture.ship([batch])
        #expect(fixture.observer.account.rejected == ["bad_labels": 2])
        #expect(fixture.lines.count == 3)
    }
}
