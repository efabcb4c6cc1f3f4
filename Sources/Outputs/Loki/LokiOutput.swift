package import Transport

/// Pushes batches to Loki.
///
/// One request at a time keeps the entries of a stream in order: give its shipper a concurrency of one.
package struct LokiOutput: Output {
    package let name = "loki"
    private let options: LokiOptions
    private let transport: any HTTPTransport
    private let observer: any DeliveryObserver
    private let monotonic: @Sendable () -> Int64

    /// Makes an output; `monotonic` is a clock that never goes back, nanoseconds.
    package init(
        _ options: LokiOptions,
        transport: any HTTPTransport,
        observer: any DeliveryObserver,
        monotonic: @escaping @Sendable () -> Int64
    ) {
        self.options = options
        self.transport = transport
        self.observer = observer
        self.monotonic = monotonic
    }

    /// One push.
    package func send(_ batch: SealedBatch) async -> Outcome {
        let request = TransportRequest(
            method: "POST",
            url: options.url.appending("/loki/api/v1/push"),
            headers: batch.headers + tenantHeader,
            body: batch.body
        )
        let start = monotonic()
        do throws(TransportError) {
            let response = try await transport.exchange(request)
            note(code: String(response.status), since: start, batch)
            return LokiResponse.outcome(response, records: batch.records)
        } catch {
            note(code: "error", since: start, batch)
            return LokiResponse.outcome(error)
        }
    }

    /// A push is stored within milliseconds; one that comes late, behind the look for it, would stand twice.
    package var settleTime: Duration { .seconds(1) }

    /// Looks for the batch's entries with `query_range`, and gives those that are not there.
    package func missing(from batch: SealedBatch) async -> Readback {
        guard options.readback == .auto else { return .unknown }
        let query = LokiReadback(url: options.url, headers: tenantHeader, transport: transport)
        return await query.missing(from: batch)
    }

    /// Halves of the batch.
    package func parts(of batch: SealedBatch) -> [SealedBatch] {
        LokiSplit.halves(of: batch)
    }

    private var tenantHeader: [(name: String, value: String)] {
        options.tenant.map { [("X-Scope-OrgID", $0)] } ?? []
    }

    private func note(code: String, since start: Int64, _ batch: SealedBatch) {
        observer.attempt(
            name,
            code: code,
            duration: .nanoseconds(monotonic() - start),
            bytes: batch.body.count,
            encoding: batch.encoding
        )
    }
}
