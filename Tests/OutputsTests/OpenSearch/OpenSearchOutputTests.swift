import Outputs
import TestSupport
import Testing

@Suite struct OpenSearchOutputTests {
    @Test(arguments: [true, false]) func `documents are created as they were`(_ gzip: Bool) async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        await fixture.ship([try BulkBatch.create(3, gzip: gzip)])
        #expect(fixture.ids == OpenSearchFixture.expected(3))
        #expect(
            fixture.server.documents(OpenSearchFixture.stream) == (0..<3).map { BulkBatch.source("message \($0)") }
        )
        #expect(fixture.observer.account.delivered == 3)
        #expect(fixture.server.plainIndexes.isEmpty)
    }

    /// Everything that can go wrong with one request and come right afterwards.
    static let faults: [OpenSearchFault] = [
        .refuse(status: 401), .refuse(status: 403), .refuse(status: 404), .circuitBreaker, .refuse(status: 429),
        .refuse(status: 429, text: "garbage"), .refuse(status: 500), .refuse(status: 502, text: "<html>"),
        .refuse(status: 503), .refuse(status: 504), .refuse(status: 302), .refuse(status: 200, text: "<html>"),
        .refuse(status: 200), .refuse(status: 200, text: #"{"items":[{"create":{"status":201}}]}"#),
        .refuse(status: 400, text: "<html>400 Bad Request"), .store(status: 200, text: #"{"items":[{"cre"#),
        .store(status: 500, text: "no"), .lose(.close), .lose(.reset), .lose(.cut(after: 30)), .fail(.close),
        .fail(.reset), .resetRequest(after: 30), .busyItems(every: 1), .busyItems(every: 2), .busyItems(every: 7),
        .fullDisk(status: 403), .fullDisk(status: 429),
        .items(status: 404, type: "index_not_found_exception", every: 3),
        .items(status: 503, type: "unavailable_shards_exception", every: 2),
        .storedItems(status: 503, type: "unavailable_shards_exception", every: 2),
        .storedItems(status: 500, type: "", every: 1),
    ]

    @Test(arguments: faults.indices) func `after any failure every document is there once`(_ index: Int) async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(Self.faults[index])
        await fixture.ship([try BulkBatch.create(10)])
        #expect(fixture.ids == OpenSearchFixture.expected(10))
        #expect(fixture.observer.account.delivered == 10)
        #expect(fixture.observer.account.rejected.isEmpty)
        #expect(fixture.observer.account.uncertain == 0)
    }

    @Test func `only the documents that were busy are sent again`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(.busyItems(every: 5))
        await fixture.ship([try BulkBatch.create(20, gzip: false)])
        #expect(fixture.server.bulks.count == 2)
        let again = fixture.server.bulks[1].text.split(separator: "\n").count / 2
        #expect(again == 4)
    }

    @Test func `documents that the mapping refuses become dead letters, the others are delivered`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        let long = String(repeating: "x", count: 513)
        let batch = try BulkBatch.create([
            ("a", BulkBatch.source("good")), ("b", #"{"@timestamp":"yesterday","message":"bad time"}"#),
            ("c", #"{"message":"no time"}"#), ("d", "{broken"), (long, BulkBatch.source("long id")),
        ])
        await fixture.ship([batch])
        #expect(fixture.ids == ["a"])
        #expect(fixture.observer.account.delivered == 1)
        #expect(fixture.observer.account.rejected == ["mapping": 2, "illegal_argument": 2])
        #expect(fixture.observer.account.deadLetters.map(\.records) == [4])
        #expect(fixture.server.bulks.count == 1)
    }

    @Test func `an uncertain batch is looked for in all backing indexes, so a rollover doubles nothing`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        let batch = try BulkBatch.create(10)
        #expect(await fixture.output.send(batch) == .delivered)
        fixture.server.rollOver(OpenSearchFixture.stream)
        await fixture.ship([batch], mayBeStored: true)
        #expect(fixture.ids == OpenSearchFixture.expected(10))
        #expect(fixture.server.bulks.count == 1)
        #expect(fixture.observer.account.uncertain == 0)
    }

    @Test func `of an uncertain batch only what is missing is sent`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        #expect(await fixture.output.send(try BulkBatch.create(4)) == .delivered)
        await fixture.ship([try BulkBatch.create(10, gzip: false)], mayBeStored: true)
        #expect(fixture.ids == OpenSearchFixture.expected(10))
        #expect(fixture.server.bulks.last?.text.split(separator: "\n").count == 12)
        #expect(fixture.observer.account.delivered == 10)
    }

    @Test func `where searches do not answer the ids keep documents from standing twice, and that is counted`()
        async throws
    {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(.lose(.reset))
        fixture.server.failSearches()
        await fixture.ship([try BulkBatch.create(10)])
        #expect(fixture.ids == OpenSearchFixture.expected(10))
        #expect(fixture.observer.account.delivered == 10)
        #expect(fixture.observer.account.uncertain == 10)
    }

    @Test func `an id that another document has is a collision, and the document gets another id`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        #expect(await fixture.output.send(try BulkBatch.create([("id-1", BulkBatch.source("other"))])) == .delivered)
        await fixture.ship([try BulkBatch.create(3)])
        #expect(fixture.ids == ["id-0", "id-1", "id-1-2", "id-2"])
        #expect(fixture.observer.account.collisions == 1)
        #expect(fixture.observer.account.delivered == 3)
    }

    @Test func `a request over the limit goes in parts`() async throws {
        let fixture = try OpenSearchFixture(requestBytes: 2_000)
        defer { fixture.server.stop() }
        await fixture.ship([try BulkBatch.create(100, gzip: false)])
        #expect(fixture.ids == OpenSearchFixture.expected(100))
        #expect(fixture.observer.account.delivered == 100)
    }

    @Test func `a body that OpenSearch cannot read is searched for the document that is to blame`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        let good = (0..<9).map { (id: "id-\($0)", source: BulkBatch.source("message \($0)")) }
        var body = good.map { "{\"create\":{\"_id\":\"\($0.id)\"}}\n\($0.source)\n" }
        body.insert("{\"create\":{\"_id\":\"bad\",\"_what\":1}}\n{}\n", at: 5)
        let batch = SealedBatch(
            body: Array(body.joined().utf8),
            headers: [("Content-Type", "application/x-ndjson")],
            records: 10,
            rawBytes: 1,
            oldest: 1
        )
        await fixture.ship([batch])
        #expect(fixture.ids == OpenSearchFixture.expected(9))
        #expect(fixture.observer.account.rejected == ["bad_request": 1])
        #expect(fixture.observer.account.deadLetters.map(\.records) == [1])
    }

    @Test func `several batches at once all arrive`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.fail(.busyItems(every: 2), .refuse(status: 503), .lose(.reset), .circuitBreaker)
        let batches = try (0..<20).map { try BulkBatch.create(10, prefix: "b\($0)") }
        await fixture.ship(batches, concurrency: 4)
        #expect(fixture.ids.count == 200)
        #expect(fixture.observer.account.delivered == 200)
    }
}
