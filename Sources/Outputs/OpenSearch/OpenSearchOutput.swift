import Synchronization
package import Transport

/// Creates documents in a data stream.
///
/// Every document has an id of our making, so sending one again is refused with 409 instead of stored twice. Its
/// shipper may have several batches on their way.
package final class OpenSearchOutput: Output {
    package let name = "opensearch"
    private let options: OpenSearchOptions
    private let transport: any HTTPTransport
    private let observer: any DeliveryObserver
    private let monotonic: @Sendable () -> Int64
    private let notice: @Sendable (String) -> Void
    private let isReady: Mutex<Bool>

    /// Makes an output.
    ///
    /// `monotonic` is a clock that never goes back, nanoseconds; `notice` gets what is worth a
    /// line in the log.
    package init(
        _ options: OpenSearchOptions,
        transport: any HTTPTransport,
        observer: any DeliveryObserver,
        monotonic: @escaping @Sendable () -> Int64,
        notice: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.options = options
        self.transport = transport
        self.observer = observer
        self.monotonic = monotonic
        self.notice = notice
        isReady = Mutex(!options.bootstrap)
    }

    package func send(_ batch: SealedBatch) async -> Outcome {
        await bulk(batch, isRepeat: false)
    }

    package func resend(_ batch: SealedBatch) async -> Outcome {
        await bulk(batch, isRepeat: true)
    }

    package func missing(from batch: SealedBatch) async -> Readback {
        await OpenSearchReadback(options: options, transport: transport).missing(from: batch)
    }

    /// Halves of the batch.
    package func parts(of batch: SealedBatch) -> [SealedBatch] {
        guard batch.records > 1, let body = BulkBody(batch) else { return [] }
        let half = batch.records / 2
        return [0..<half, half..<batch.records].compactMap { body.batch(of: Array($0), like: batch) }
    }

    private func bulk(_ batch: SealedBatch, isRepeat: Bool) async -> Outcome {
        if let outcome = await prepare() { return outcome }
        let path = "/\(options.dataStream)/_bulk?filter_path=items.*.status,items.*.error.type,error.type"
        let request = TransportRequest(
            method: "POST",
            url: options.url.appending(path),
            headers: batch.headers,
            body: batch.body
        )
        let start = monotonic()
        do throws(TransportError) {
            let response = try await transport.exchange(request)
            note(code: String(response.status), since: start, batch)
            let outcome = BulkOutcome.outcome(response, for: batch, isRepeat: isRepeat)
            if response.status == 404 || outcome.isHeld { forgetReadiness() }
            return outcome
        } catch {
            note(code: "error", since: start, batch)
            return BulkOutcome.outcome(error)
        }
    }

    /// Nil when documents may be sent.
    private func prepare() async -> Outcome? {
        guard !isReady.withLock(\.self) else { return nil }
        // Several batches may come here at once; what they put is the same.
        let bootstrap = OpenSearchBootstrap(options: options, transport: transport, notice: notice)
        switch await bootstrap.run() {
        case .ready:
            isReady.withLock { $0 = true }
            return nil
        case .retry(let reason): return .retry(reason: reason, after: nil)
        case .hold(let reason): return .hold(reason: reason)
        }
    }

    /// Somebody may have deleted what was put: look again.
    private func forgetReadiness() {
        isReady.withLock { $0 = !options.bootstrap }
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

extension Outcome {
    /// Whether somebody has to mend something.
    fileprivate var isHeld: Bool {
        switch self {
        case .hold: true
        case .divided(let division): division.isHeld
        default: false
        }
    }
}
