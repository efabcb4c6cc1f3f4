/// Gathers OpenSearch documents (SPEC 4) in two framings.
///
/// Bulk bodies have an action line before each document, the archive's are plain NDJSON. A record that goes to both is
/// written once and copied.
struct DocumentEncoder: ~Copyable {
    let plan: DocumentPlan
    private var writer: DocumentWriter
    private var bulk = DocumentBody()
    private var archive = DocumentBody()

    init(plan: DocumentPlan) {
        self.plan = plan
        writer = DocumentWriter(plan: plan)
    }

    /// Documents that lack something of their line so far.
    var truncated: UInt64 { writer.truncated }

    /// Makes the next source known; sources are numbered 0, 1, 2, … as in the worker's table.
    mutating func add(source origin: borrowing RedactedOrigin) { writer.add(source: origin) }

    /// Adds a record of a source that `add(source:)` has made known; `parser` has just parsed `line`, the record's.
    @inline(__always) mutating func append(
        _ record: Record,
        of line: LineView,
        _ parser: inout LineParser,
        services: borrowing NameTable
    ) {
        // By pointer, because every borrowing of a parser copies its 350 bytes.
        withUnsafeMutablePointer(to: &parser) { append(record, line, $0, services) }
    }

    @inline(__always) private mutating func append(
        _ record: Record,
        _ line: LineView,
        _ parser: UnsafeMutablePointer<LineParser>,
        _ services: borrowing NameTable
    ) {
        guard plan.bulk else {
            writer.write(record, of: line, parser, services, to: &archive.bytes)
            return archive.count(record.time)
        }
        writer.writeAction(record, to: &bulk.bytes)
        let start = bulk.bytes.count
        writer.write(record, of: line, parser, services, to: &bulk.bytes)
        bulk.count(record.time)
        if plan.archive {
            archive.bytes.put(UnsafePointer(bulk.bytes.base) + start, bulk.bytes.count &- start)
            archive.count(record.time)
        }
    }

    /// What waits in one of the framings.
    func pending(_ framing: DocumentFraming) -> Pending {
        switch framing {
        case .bulk: bulk.pending
        case .lines: archive.pending
        }
    }

    /// Appends everything since the last call in this framing to `body`; its counters start again.
    mutating func take(_ framing: DocumentFraming, into body: inout Arena) {
        switch framing {
        case .bulk: bulk.take(into: &body)
        case .lines: archive.take(into: &body)
        }
    }

    /// Gives back what a line took that was far longer than lines should be.
    mutating func shrink(to bytes: Int) {
        bulk.shrink(to: bytes)
        archive.shrink(to: bytes)
    }

    /// Forgets what belongs to the keys of tables before this generation.
    mutating func forget(before generation: UInt32) { writer.forget(before: generation) }

    /// Forgets the sources, when the worker's tables start anew.
    ///
    /// Only when nothing waits.
    mutating func removeAll() {
        precondition(bulk.pending.records == 0 && archive.pending.records == 0)
        writer.removeAll()
    }
}
