/// One field of a line, found by a parser: offsets into the line, never a copy.
///
/// The fields of a line stand in the order of their values. A JSON object that has members is followed by them:
/// `descendants` entries belong to it, so that skipping it is one addition. Arrays and empty objects are leaves.
package struct Field: BitwiseCopyable, Sendable {
    /// What a value looks like in the line.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// Text between quotes (offsets exclude them), or bare text of logfmt and access logs.
        case string
        /// Text with at least one backslash escape in it.
        case escapedString
        case number
        case bool
        case null
        /// A JSON object; offsets include the braces.
        case object
        /// A JSON array, or an object too deep to be taken apart, kept whole; offsets include the brackets.
        case array
    }

    /// Which key, in the worker's `KeyTable`.
    package var key: UInt32
    /// First byte of the value.
    package var start: UInt32
    /// One past its last byte.
    package var end: UInt32
    package var kind: Kind
    /// What the key means.
    package var meaning: Meaning
    /// The key's redaction verdict (`KeyVerdict.rawValue`); 0: nothing special.
    package var verdict: UInt8
    /// Which of several fields with one meaning counts: the lowest.
    var rank: UInt8 = 255
    /// How many of the next fields lie inside this object.
    package var descendants: UInt16

    /// Makes a field.
    @inline(__always) package init(
        key: UInt32,
        start: UInt32,
        end: UInt32,
        kind: Kind,
        meaning: Meaning = .other,
        verdict: UInt8 = 0,
        descendants: UInt16 = 0
    ) {
        self.key = key
        self.start = start
        self.end = end
        self.kind = kind
        self.meaning = meaning
        self.verdict = verdict
        self.descendants = descendants
    }
}

/// What a field is for Martlet, whatever the logger called it (SPEC 3).
package enum Meaning: UInt8, CaseIterable, BitwiseCopyable, Sendable {
    case other
    case timestamp, level, message, service
    case traceID, spanID, requestID
    /// A header or field that holds several ids: W3C `traceparent`, B3 single, `uber-trace-id`, `X-Amzn-Trace-Id`,
    /// `X-Cloud-Trace-Context`.
    case traceContext
    /// Datadog's decimal ids.
    case datadogTraceID, datadogSpanID
    case method, route, path, status
    /// A request line such as `GET /cart?x=1 HTTP/1.1`.
    case requestLine
    /// Latency whose unit the value or, failing that, its form tells.
    case latency
    /// The same under another name: Loki has words under the first.
    case duration
    case latencySeconds, latencyMillis, latencyMicros, latencyNanos
    case error, errorStack, userAgent, host, logger
    /// The nanoseconds of a timestamp in whole seconds.
    case nanoOfSecond
    /// A date, to which a clock may stand under another name; or a whole time.
    case date
    /// OTLP's attributes: a list of objects with a `key` and a `value`.
    case pairs
    /// OTLP's lists of resources, scopes and records.
    case records
    /// A list of objects around the record: spans, scopes.
    case contexts
    /// The zone of a timestamp that does not say it itself.
    case zone
}

extension Meaning {
    /// Whether a list has this meaning as well as a single value.
    @inline(__always) var mayBeList: Bool {
        self == .message || self == .pairs || self == .records || self == .contexts
    }
}

/// Severity, in OpenTelemetry's six steps.
package enum Level: UInt8, CaseIterable, BitwiseCopyable {
    case none, trace, debug, info, warn, error, fatal

    /// The canonical name; empty for `none`.
    package var name: String {
        switch self {
        case .none: ""
        case .trace: "trace"
        case .debug: "debug"
        case .info: "info"
        case .warn: "warn"
        case .error: "error"
        case .fatal: "fatal"
        }
    }
}

/// What the redaction rules say about a key, decided once when the key is first seen.
package enum KeyVerdict: UInt8 {
    /// Values are scanned like all others.
    case plain = 0
    /// A correlation id, hash or version: digit and hex detectors stay away from its value.
    case protected = 1
    /// The value goes, whatever it is. Raw values from here up are 2 + the index of the key rule in the policy.
    case sensitive = 2
}

/// `Field.Kind` under a name that does not meet other types called `Field`.
package typealias FieldKind = Field.Kind
