/// A worker's memory of request and trace ids, and its seat at the exchange with other workers.
///
/// The memory is larger than the caches, so a line that brings a trace waits in a short queue until what it needs has
/// come from memory. Nobody sees the difference: a line that asks for a trace, and the end of a batch, empty the
/// queue first. Ids are exchanged between batches, never for a line: a line that follows its partner in another
/// worker's stream within one batch age may miss it.
struct TraceKeeper: ~Copyable {
    /// A line in the queue.
    private struct Waiting: BitwiseCopyable {
        var line: RequestMemory.Line
        /// Number of its service in the worker's table.
        var service: UInt32
    }

    /// What stands in place of an id that was redacted: the same for many requests.
    private static let redactedPrefix: StaticString = "[REDACTED"
    /// Lines that may wait: a power of two.
    private static let maximumWaiting = 16

    private let isOn: Bool
    private var memory: RequestMemory
    private let exchange: IDExchange?
    private let seat: Int
    /// A ring: lines `first` up to `next`, each at its number modulo the size.
    private var queue: Column<Waiting>
    private var first = 0
    private var next = 0
    /// Services with request ids that changed their trace since the last batch.
    private var changed: [UInt32: Int] = [:]

    /// Makes an empty memory; `remember` in nanoseconds, 0 turns it off.
    init(remember: Int64, entries: Int, exchange: IDExchange?) {
        isOn = remember > 0
        memory = RequestMemory(
            options: .init(remember: remember, entries: entries),
            tells: exchange != nil && remember > 0
        )
        self.exchange = exchange
        seat = exchange?.join() ?? 0
        let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        let line = RequestMemory.Line(request: none, trace: nil, service: 0, time: 0)
        queue = Column(repeating: Waiting(line: line, service: 0), count: Self.maximumWaiting)
    }

    /// Before a batch: what other workers have seen.
    mutating func beginBatch() {
        guard isOn, let exchange else { return }
        for sighting in exchange.take(for: seat) { memory.absorb(sighting) }
    }

    /// Behind a batch: tells others what is new, and `body` in which services something broke, and how often.
    mutating func endBatch(
        _ services: borrowing NameTable,
        _ body: (_ service: UInt32, _ fault: TraceContextFault, _ count: Int) -> Void
    ) {
        guard isOn else { return }
        settle()
        if let exchange {
            let news = memory.takeNews()
            if !news.isEmpty { exchange.tell(news, from: seat) }
        }
        for (service, count) in changed { body(service, .traceChanged, count) }
        changed.removeAll(keepingCapacity: true)
        var ended: [(service: UInt64, count: Int)] = []
        memory.takeNeverContinued { ended.append(($0, $1)) }
        for (hash, count) in ended {
            if let service = services.number(ofHash: hash) { body(service, .neverContinued, count) }
        }
    }

    /// Gives a record that has only a request id the trace seen with it, and notes what it has.
    @inline(__always) mutating func see(_ record: inout Record, _ services: inout NameTable) {
        guard isOn, record.traceID != nil || !record.requestID.isEmpty else { return }
        let line = Self.line(&record, services.hash(record.service))
        guard let trace = record.traceID else { return inherit(line, &record) }
        guard memory.isNews(line, trace) else { return }
        memory.prefetch(line, trace)
        if next &- first == Self.maximumWaiting { settleFirst() }
        queue[next & (Self.maximumWaiting &- 1)] = Waiting(line: line, service: record.service)
        next &+= 1
    }

    @inline(never) private mutating func inherit(_ line: RequestMemory.Line, _ record: inout Record) {
        settle()
        record.traceID = memory.see(line).inherited
    }

    @inline(__always) private static func line(_ record: inout Record, _ service: UInt64) -> RequestMemory.Line {
        let text = record.line.base + record.requestID.lowerBound
        let count = record.requestID.count
        let isRedacted = ByteCursor(text, count).starts(with: redactedPrefix)
        let request = UnsafeBufferPointer(start: text, count: isRedacted ? 0 : count)
        return RequestMemory.Line(request: request, trace: record.traceID, service: service, time: record.time)
    }

    private mutating func settle() { while first != next { settleFirst() } }

    @inline(never) private mutating func settleFirst() {
        let waiting = queue[first & (Self.maximumWaiting &- 1)]
        first &+= 1
        guard let trace = waiting.line.trace, memory.note(waiting.line, trace) else { return }
        changed[waiting.service, default: 0] += 1
    }
}
