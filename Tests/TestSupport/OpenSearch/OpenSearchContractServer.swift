/// A strict OpenSearch for tests, written from its documentation.
///
/// Bulk requests with an outcome for every document, data streams with rollover, templates, retention policies, and
/// failures on purpose. Stop it at the end of the test.
package final class OpenSearchContractServer: Sendable {
    private let service: OpenSearchContractService
    private let server: TestServer

    /// Starts a server that takes requests of so many bytes.
    package init(requestBytes: Int = 100 << 20) throws {
        let service = OpenSearchContractService(requestBytes: requestBytes)
        self.service = service
        server = try TestServer(intercept: { service.intercept($0) }, handler: { service.handle($0) })
    }

    /// `http://127.0.0.1:PORT`.
    package var url: String { server.url }

    /// Closes the port and every connection.
    package func stop() { server.stop() }

    /// The next bulk requests go wrong in these ways, one each.
    package func fail(_ faults: OpenSearchFault...) { service.with { $0.faults += faults } }

    /// Faults that have not happened will not.
    package func forgetFaults() { service.with { $0.faults = [] } }

    /// Whether refreshes and searches see only a part from now on.
    package func failSearches(_ isFailing: Bool = true) { service.with { $0.searchesFail = isFailing } }

    /// Paths that begin so are answered with this status.
    package func refuse(_ path: String, status: Int) { service.with { $0.refusedPaths[path] = status } }

    /// Everything is answered again.
    package func refuseNothing() { service.with { $0.refusedPaths = [:] } }

    /// Whether there is index state management.
    package func setHasPolicies(_ hasPolicies: Bool) { service.with { $0.hasPolicies = hasPolicies } }

    /// Makes a new write index.
    package func rollOver(_ stream: String) {
        service.with { $0.store.streams[stream]?.append(OpenSearchContractStore.Index()) }
    }

    /// Makes an index that is no data stream.
    package func makePlainIndex(_ name: String) {
        service.with { state in _ = state.store.plainIndexes.insert(name) }
    }

    /// Ids of all documents in all backing indexes, one for each document, sorted.
    package func ids(_ stream: String) -> [String] {
        service.with { state in
            (state.store.streams[stream] ?? []).flatMap { $0.documents.keys.map(\.self) }.sorted()
        }
    }

    /// All documents as text, sorted.
    package func documents(_ stream: String) -> [String] {
        service.with { state in
            (state.store.streams[stream] ?? []).flatMap { $0.documents.values.map(\.self) }
                .map { String(decoding: $0, as: UTF8.self) }.sorted()
        }
    }

    /// Indexes that came into being because no template matched.
    package var plainIndexes: Set<String> { service.with { $0.store.plainIndexes } }

    /// Index templates by name.
    package var templates: [String: String] { service.with { $0.store.templates } }

    /// Retention policies by name.
    package var policies: [String: String] { service.with { $0.store.policies.mapValues(\.body) } }

    /// Every bulk request that arrived.
    package var bulks: [TestRequest] { service.with { $0.bulks } }

    /// Everything else that arrived: verb and path.
    package var adminCalls: [String] { service.with { $0.adminCalls } }
}
