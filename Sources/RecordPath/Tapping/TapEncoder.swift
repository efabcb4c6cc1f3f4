/// Writes the records of one worker for those who watch.
///
/// It sees what the redactor has made, and nothing else.
struct TapEncoder: ~Copyable {
    private let watchers: [TapWatcher]
    private var documents: DocumentEncoder
    private var out = Arena(capacity: 4096)

    init(_ watchers: [TapWatcher], _ plan: DocumentPlan) {
        self.watchers = watchers
        documents = DocumentEncoder(plan: plan)
    }

    /// Makes the next source known; sources are numbered 0, 1, 2, … as in the worker's table.
    mutating func add(source origin: borrowing RedactedOrigin) { documents.add(source: origin) }

    /// Shows a record to those who want it; `parser` has just parsed `line`, the record's.
    mutating func show(
        _ record: inout Record,
        of line: LineView,
        _ parser: inout LineParser,
        _ services: borrowing NameTable
    ) {
        for watcher in watchers where watcher.filter.passes(record, services) {
            out.removeAll()
            switch watcher.filter.form {
            case .text: writeText(record, services)
            case .json:
                documents.append(record, of: line, &parser, services: services)
                documents.take(.lines, into: &out)
                // The newline comes with the next step.
                out.truncate(to: max(0, out.count - 1))
            case .raw: out.append(UnsafeBufferPointer(start: record.line.base, count: record.line.count))
            }
            out.withBytes { watcher.offer($0) }
        }
    }

    /// `2026-11-22T01:02:03.456Z  ERROR  checkout  card declined`.
    private mutating func writeText(_ record: Record, _ services: borrowing NameTable) {
        let time = CivilDate.rfc3339(nanoseconds: record.time)
        out.append(String(time.prefix(23)) + "Z  ")
        let level = record.level == .none ? "-" : record.level.name.uppercased()
        out.append(level + String(repeating: " ", count: 7 - level.utf8.count))
        out.append(services.bytes(record.service))
        out.append("  ")
        let text = record.message.isEmpty ? 0..<record.line.count : record.message
        out.append(UnsafeBufferPointer(start: record.line.base + text.lowerBound, count: text.count))
    }
}
