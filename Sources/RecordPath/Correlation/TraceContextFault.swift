/// Why a text is no usable correlation id: the reasons of `martlet_trace_context_breaks_total`.
package enum TraceContextFault: UInt8, Error, CaseIterable, Sendable {
    case length
    case notHex
    case allZero
    /// W3C: version `ff`, or a version `00` with more behind it.
    case version
    case flags
    /// The parts of a composite id are not where they should be.
    case form
    /// A request id that is empty, longer than 128 bytes or not printable.
    case requestID
    /// A request id came with another trace id than before.
    case traceChanged
    /// A trace began in one service and was seen in no other, though most of that service's traces are.
    case neverContinued

    /// The label value.
    package var name: StaticString {
        switch self {
        case .length: "invalid_length"
        case .notHex: "not_hex"
        case .allZero: "all_zero"
        case .version: "invalid_version"
        case .flags: "invalid_flags"
        case .form: "malformed"
        case .requestID: "invalid_request_id"
        case .traceChanged: "trace_changed"
        case .neverContinued: "never_continued"
        }
    }
}
