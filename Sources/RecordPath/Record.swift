/// One redacted line with everything that was found in it: what observers and encoders take.
///
/// Borrowed, like the line: valid until the worker takes the next one. Ranges are offsets into `line`.
package struct Record {
    /// What may leave the host.
    package let line: RedactedLine
    package var format: LineFormat
    /// Which text format, where `format` is `text` or `accessLog`.
    package var textFormat = TextFormat.text
    /// Nanoseconds since 1970.
    package var time: Int64
    package var level: Level = .none
    /// Number of the service in the worker's table.
    package var service: UInt32
    /// Number of the stream in the worker's table.
    package var source: Int
    package var traceID: TraceID?
    package var spanID: SpanID?
    package var requestID = 0..<0
    package var method = 0..<0
    package var path = 0..<0
    /// 100…599; 0: the record is no request.
    package var status = 0
    /// Nanoseconds; negative: none.
    package var latency: Int64 = -1
    package var message = 0..<0
    /// The line was longer than Martlet reads: what is here is its beginning.
    package var isCut = false
    /// Whether the line's own time was impossible and the source's stands in.
    package var timeWasReplaced = TimeReplacement.no
    /// One bit a `TraceContextFault`: what is wrong with the line's ids.
    var faults: UInt16 = 0
    /// One bit a `Meaning`: the record holds what that canonical field of the line says.
    package var consumed: UInt64 = 0
    /// Position in the source, part of the document id.
    package var identity: (UInt64, UInt64)
}

/// Why a line's own time was not taken.
package enum TimeReplacement: UInt8 {
    case no
    /// Its year is outside 1970–2261.
    case year
    /// It is more than ten minutes ahead of the source's own time.
    case future
}
