/// A worker's memory of request and trace ids, and its seat at the exchange with other workers.
///
/// Ids are exchanged between batches, never for a line: a line that follows its partner in another worker's stream
/// within one batch age may miss it.
struct TraceKeeper: ~Copyable {
    /// What stands in place of an id that was redacted: the same for many requests.
    private static let redactedPrefix: StaticString = "[REDACTED"

    private let isOn: Bool
    private var memory: RequestMemory
    private let exchange: IDExchange?
    private let seat: Int

    /// Makes an empty memory; `remember` in nanoseconds, 0 turns it off.
    init(remember: Int64, exchange: IDExchange?) {
        isOn = remember > 0
        memory = RequestMemory(options: .init(remember: remember), tells: exchange != nil && remember > 0)
        self.exchange = exchange
        seat = exchange?.join() ?? 0
    }

    /// Before a batch: what other workers have seen.
    mutating func beginBatch() {
        guard isOn, let exchange else { return }
        for sighting in exchange.take(for: seat) { memory.absorb(sighting) }
    }

    /// Behind a batch: tells others what is new, and gives the services whose traces did not go on, with how many.
    mutating func endBatch() -> [(service: UInt64, count: Int)] {
        guard isOn else { return [] }
        if let exchange {
            let news = memory.takeNews()
            if !news.isEmpty { exchange.tell(news, from: seat) }
        }
        var broken: [(service: UInt64, count: Int)] = []
        memory.takeNeverContinued { broken.append(($0, $1)) }
        return broken
    }

    /// Gives a record that has only a request id the trace seen with it, and notes what it has.
    @inline(__always) mutating func see(_ record: inout Record, _ services: borrowing NameTable) {
        guard isOn, record.traceID != nil || !record.requestID.isEmpty else { return }
        remember(&record, services)
    }

    @inline(never) private mutating func remember(_ record: inout Record, _ services: borrowing NameTable) {
        let text = record.line.base + record.requestID.lowerBound
        let cursor = ByteCursor(text, record.requestID.count)
        let isRedacted = cursor.starts(with: Self.redactedPrefix)
        let request = UnsafeBufferPointer(start: text, count: isRedacted ? 0 : record.requestID.count)
        let answer = memory.see(
            RequestMemory.Line(
                request: request,
                trace: record.traceID,
                service: services.hash(record.service),
                time: record.time
            )
        )
        if let inherited = answer.inherited { record.traceID = inherited }
        if answer.isChanged { record.note(.traceChanged) }
    }
}
