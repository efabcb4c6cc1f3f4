/// A strict Loki for tests, written from the contract that Loki's sources and documentation show.
///
/// It decodes what it gets with code of its own, applies Loki's limits and time rules, stores the valid entries of
/// a bad request, drops exact duplicates of the head chunk in silence, answers queries over what it stored, and
/// fails on purpose when told to. Stop it at the end of the test.
package final class LokiContractServer: Sendable {
    private let service: LokiContractService
    private let server: TestServer

    /// Starts a server; `needsTenant` is Loki's `auth_enabled`, `now` its clock in nanoseconds since 1970.
    package init(
        limits: LokiContractLimits = LokiContractLimits(),
        needsTenant: Bool = false,
        now: @escaping @Sendable () -> Int64
    ) throws {
        let service = LokiContractService(limits: limits, needsTenant: needsTenant, now: now)
        self.service = service
        server = try TestServer(intercept: { service.intercept($0) }, handler: { service.handle($0) })
    }

    /// `http://127.0.0.1:PORT`.
    package var url: String { server.url }

    /// Closes the port and every connection.
    package func stop() { server.stop() }

    /// The next pushes go wrong in these ways, one each; after them all goes well.
    package func fail(_ faults: LokiFault...) { service.fail(faults) }

    /// Faults that have not happened will not.
    package func forgetFaults() { service.forgetFaults() }

    /// Whether queries are answered with 500 from now on.
    package func failQueries(_ isFailing: Bool = true) { service.failQueries(isFailing) }

    /// A chunk is cut: entries that come again from now on are stored again.
    package func cutChunks() { service.cutChunks() }

    /// What is stored: the entries of each stream by its labels, in the order they came.
    package func streams(tenant: String = "fake") -> [[String: String]: [LokiContractEntry]] {
        service.streams(tenant)
    }

    /// Entries of all streams and tenants.
    package var storedCount: Int { service.storedCount }

    /// Every push that arrived, as it was sent.
    package var pushes: [TestRequest] { service.pushes }

    /// Queries that arrived.
    package var queryCount: Int { service.queryCount }

    /// What Loki would put up with, but a careful client would not do.
    package var complaints: [String] { service.complaints }
}
