/// What a key that only holds other keys lets through.
enum CanonicalContainer {
    /// A logger's own envelope: everything in it speaks of the record.
    case envelope
    /// Context around the record: ids and the request, but not what the record itself says.
    case context
    /// A request or what was answered.
    case request
    /// Request headers.
    case headers

    /// Whether a name in this container may have this meaning.
    func admits(_ meaning: Meaning) -> Bool {
        switch self {
        case .envelope: return true
        case .request:
            switch meaning {
            case .method, .path, .route, .status: return true
            default: return LatencyName.isLatency(meaning) || Self.headers.admits(meaning)
            }
        case .context:
            return meaning != .timestamp && meaning != .date && meaning != .level && meaning != .message
        case .headers:
            switch meaning {
            case .traceID, .spanID, .requestID, .traceContext, .datadogTraceID, .datadogSpanID, .userAgent:
                return true
            default: return false
            }
        }
    }

    /// Containers that are looked through, by normalised key.
    static let known: [String: CanonicalContainer] = [
        // loguru's serialised record, Google's payload, GELF behind a collector, Docker's and Kubernetes' wrappers
        "record": .envelope, "jsonpayload": .envelope, "log": .envelope,
        // logback and log4j2 context maps; structlog, zap and slog groups; winston and pino metadata; Serilog; OTel
        "mdc": .context, "contextmap": .context, "context": .context, "ctx": .context, "threadcontext": .context,
        "extra": .context, "fields": .context, "@fields": .context, "namedtags": .context, "attributes": .context,
        "attrs": .context, "attr": .context, "properties": .context,
        "labels": .context, "meta": .context, "metadata": .context, "scope": .context, "state": .context,
        "tags": .context, "resource": .context, "correlation": .context, "tracing": .context, "tracecontext": .context,
        "spancontext": .context, "otel": .context, "dd": .context, "span": .context, "data": .context,
        "payload": .context, "http": .context, "protopayload": .context, "transaction": .context, "api": .context,
        "message": .context, "msg": .context,
        "event": .context, "details": .context, "detail": .context, "info": .context, "extras": .context,
        "custom": .context, "additional": .context, "additionalinfo": .context,
        // Filebeat's modules; the lists of tracing's spans and .NET's scopes
        "nginx": .context, "apache": .context, "traefik": .context, "access": .context, "accesslog": .context,
        "spans": .context, "scopes": .context,
        // requests and responses as pino-http, bunyan, Caddy and ECS nest them
        "req": .request, "request": .request, "res": .request, "response": .request, "httprequest": .request,
        "httpresponse": .request, "requestcontext": .request, "requestinfo": .request, "requestdata": .request,
        "responseinfo": .request, "responsedata": .request, "connection": .request,
        "headers": .headers, "header": .headers, "requestheaders": .headers, "requestmetadata": .headers,
    ]

    /// What other containers hold is not the record's own, whatever its name.
    static let foreign: Set<String> = [
        "parent", "link", "links", "remote", "previous", "root", "child", "children", "cause", "error", "err",
        "exception", "body", "query", "cookies",
    ]
}
