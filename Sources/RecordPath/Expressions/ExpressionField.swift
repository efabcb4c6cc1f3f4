/// A canonical field that an expression may name.
package enum ExpressionField: UInt8, CaseIterable, Sendable {
    case timestamp, level, status, latency
    case message, service, traceID, spanID, requestID, method, route, path, error, userAgent, host, logger, format

    /// What an expression calls it.
    package var name: String {
        switch self {
        case .timestamp: "timestamp"
        case .level: "level"
        case .status: "status"
        case .latency: "latency"
        case .message: "message"
        case .service: "service"
        case .traceID: "trace_id"
        case .spanID: "span_id"
        case .requestID: "request_id"
        case .method: "method"
        case .route: "route"
        case .path: "path"
        case .error: "error"
        case .userAgent: "user_agent"
        case .host: "host"
        case .logger: "logger"
        case .format: "format"
        }
    }

    /// The field of a name.
    package static func named(_ name: String) -> ExpressionField? { allCases.first { $0.name == name } }

    /// What it can be compared with.
    var kind: Kind {
        switch self {
        case .timestamp: .time
        case .level: .level
        case .status: .wholeNumber
        case .latency: .duration
        default: .text
        }
    }

    /// What a field holds.
    enum Kind {
        case time, level, wholeNumber, duration, text
    }
}
