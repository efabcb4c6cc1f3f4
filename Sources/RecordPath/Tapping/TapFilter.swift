#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Which redacted records somebody wants to watch, and in which form.
package struct TapFilter: Sendable, Equatable {
    /// How a record is shown.
    package enum Form: String, CaseIterable, Sendable {
        /// Time, level, service and message.
        case text
        /// The document that the archive would hold.
        case json
        /// The redacted line as it is.
        case raw
    }

    package var form: Form
    /// Only this service; nil: all.
    package var service: String?
    /// Only this level and those above; `none`: all.
    package var level: Level
    /// Only this trace; nil: all.
    package var trace: TraceID?
    /// Only lines that hold these bytes; empty: all.
    package var text: [UInt8]

    /// Makes a filter.
    package init(
        form: Form,
        service: String? = nil,
        level: Level = .none,
        trace: TraceID? = nil,
        text: [UInt8] = []
    ) {
        self.form = form
        self.service = service
        self.level = level
        self.trace = trace
        self.text = text
    }

    /// Whether a record is wanted.
    func passes(_ record: Record, _ services: borrowing NameTable) -> Bool {
        if record.level.rawValue < level.rawValue { return false }
        if let trace, record.traceID != trace { return false }
        if let service, !services.bytes(record.service).elementsEqual(service.utf8) { return false }
        return text.isEmpty || holds(UnsafeRawPointer(record.line.base), record.line.count)
    }

    private func holds(_ line: UnsafeRawPointer, _ count: Int) -> Bool {
        text.withUnsafeBytes { wanted in
            guard let pattern = wanted.baseAddress else { return true }
            var at = 0
            while at + wanted.count <= count {
                guard let next = memchr(line + at, Int32(wanted[0]), count - wanted.count + 1 - at) else {
                    return false
                }
                at = UnsafeRawPointer(next) - line
                if memcmp(line + at, pattern, wanted.count) == 0 { return true }
                at += 1
            }
            return false
        }
    }
}
