/// One line with what the line kernel found in it.
///
/// Borrowed: valid while the worker's buffers are untouched.
///
/// Invariant of the raw pointers: `base` has `count + Arena.slack` readable bytes; `quotes` and `candidates`
/// hold the counted entries, ascending.
package struct LineView {
    package var base: UnsafePointer<UInt8>
    package var count: Int
    package var quotes: UnsafePointer<UInt32>
    package var quoteCount: Int
    package var candidates: UnsafePointer<UInt32>
    package var candidateCount: Int
    /// `MARTLET_LINE_*` flags.
    package var flags: UInt32

    /// Makes a view of a scanned line.
    @inline(__always) package init(
        base: UnsafePointer<UInt8>,
        count: Int,
        quotes: UnsafePointer<UInt32>,
        quoteCount: Int,
        candidates: UnsafePointer<UInt32>,
        candidateCount: Int,
        flags: UInt32
    ) {
        self.base = base
        self.count = count
        self.quotes = quotes
        self.quoteCount = quoteCount
        self.candidates = candidates
        self.candidateCount = candidateCount
        self.flags = flags
    }
}

/// How a line was framed by the parser that took it.
package enum LineFormat: UInt8, CaseIterable, Sendable {
    case json, logfmt, accessLog, text

    /// Whether the text parser took the line: JSON and logfmt name their fields themselves.
    @inline(__always) var isText: Bool { self == .text || self == .accessLog }
}
