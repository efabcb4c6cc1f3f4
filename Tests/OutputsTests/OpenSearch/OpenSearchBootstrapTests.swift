import Outputs
import TestSupport
import Testing

@Suite struct OpenSearchBootstrapTests {
    private let name = "martlet-logs-martlet-default"

    @Test func `template, policy and data stream are put once, before the first document`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        await fixture.ship([try BulkBatch.create(1), try BulkBatch.create(1, prefix: "b")])
        #expect(fixture.server.templates[name]?.contains(#""@timestamp":{"type":"date_nanos"}"#) == true)
        #expect(fixture.server.policies[name]?.contains("\"delete\"") == true)
        let calls = fixture.server.adminCalls
        #expect(await (try fixture.restarted()).send(try BulkBatch.create(1, prefix: "c")) == .delivered)
        // A second start only looks.
        #expect(fixture.server.adminCalls.dropFirst(calls.count).allSatisfy { $0.hasPrefix("GET ") })
    }

    @Test func `template and policy are JSON`() {
        #expect(TestJSON.isValid(Array(OpenSearchTemplate.template("logs-x").utf8)))
        #expect(TestJSON.isValid(Array(OpenSearchTemplate.policy("logs-x", retention: .seconds(86_400)).utf8)))
    }

    @Test(arguments: [(30 * 24, 24, 744), (24, 1, 25), (1, 1, 2), (24 * 3650, 24, 24 * 3651), (24 * 5, 4, 124)])
    func `nothing is deleted before its time`(_ hours: Int, _ rollover: Int, _ delete: Int) {
        let policy = OpenSearchTemplate.policy("logs-x", retention: .seconds(hours * 3600))
        #expect(policy.contains(#""rollover":{"min_index_age":"\#(rollover)h""#))
        #expect(policy.contains(#""conditions":{"min_index_age":"\#(delete)h"}"#))
    }

    @Test func `another retention changes the policy that is there`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        await fixture.ship([try BulkBatch.create(1)])
        let changed = try fixture.restarted(retention: .seconds(7 * 86_400))
        #expect(await changed.send(try BulkBatch.create(1, prefix: "b")) == .delivered)
        #expect(fixture.server.policies[name]?.contains("keep for 168h") == true)
    }

    @Test func `a cluster without index state management gets documents all the same`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.setHasPolicies(false)
        await fixture.ship([try BulkBatch.create(3)])
        #expect(fixture.ids.count == 3)
    }

    @Test func `without the right to put a template nothing is sent, until there is`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.refuse("/_index_template", status: 403)
        guard case .hold(let reason, _) = await fixture.output.send(try BulkBatch.create(1)) else {
            Issue.record("sent without a template")
            return
        }
        #expect(reason.contains("bootstrap: false"))
        #expect(fixture.server.bulks.isEmpty)
        fixture.server.refuseNothing()
        #expect(await fixture.output.send(try BulkBatch.create(1)) == .delivered)
    }

    @Test func `a cluster that is starting is tried again`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.refuse("/_index_template", status: 503)
        guard case .retry = await fixture.output.send(try BulkBatch.create(1)) else {
            Issue.record("not tried again")
            return
        }
    }

    @Test func `an index that has the name is never written to`() async throws {
        let fixture = try OpenSearchFixture()
        defer { fixture.server.stop() }
        fixture.server.makePlainIndex(OpenSearchFixture.stream)
        guard case .hold = await fixture.output.send(try BulkBatch.create(1)) else {
            Issue.record("written to")
            return
        }
        #expect(fixture.server.bulks.isEmpty)
    }

    @Test func `with bootstrap off nothing is asked or put`() async throws {
        let fixture = try OpenSearchFixture(bootstrap: false)
        defer { fixture.server.stop() }
        #expect(await fixture.output.send(try BulkBatch.create(1)) == .delivered)
        #expect(fixture.server.adminCalls.isEmpty)
        #expect(fixture.server.plainIndexes == [OpenSearchFixture.stream])
    }
}
