import RecordPath
import Testing

@Suite struct CanonicalNamesTests {
    static func name(_ path: String, _ names: CanonicalNames = CanonicalNames(adding: [])) -> CanonicalName {
        Array(path.utf8).withUnsafeBufferPointer { names.name(ofPath: $0) }
    }

    @Test(arguments: [
        (Meaning.timestamp, "time @timestamp timestamp ts @t Timestamp asctime timeMillis StartUTC t.$date time_local"),
        (
            .level,
            "level severity log.level levelname lvl @l LogLevel level_name severityText severity_number levelno PRIORITY"
        ),
        (.message, "msg message short_message @m MESSAGE event body textPayload log"),
        (.service, "service service.name service_name app application dd.service SYSLOG_IDENTIFIER"),
        (
            .traceID,
            "trace_id traceId TraceId trace.id mdc.traceId otelTraceID X-B3-TraceId logging.googleapis.com/trace _trace_id"
        ),
        (.spanID, "span_id spanId span.id @sp X-B3-SpanId contextMap.spanId"),
        (.datadogTraceID, "dd.trace_id"), (.datadogSpanID, "dd.span_id"),
        (.traceContext, "traceparent req.headers.traceparent b3 uber-trace-id X-Amzn-Trace-Id x-cloud-trace-context"),
        (
            .requestID,
            "request_id requestId reqId req.id RequestID x-request-id http.request.id correlationId aws_request_id request.headers.X-Request-Id"
        ),
        (.method, "method http.method http.request.method request_method RequestMethod req.method"),
        (.route, "route http.route endpoint"),
        (.path, "path uri http.target url.path RequestPath req.url request.uri"),
        (
            .status,
            "status status_code statusCode http.response.status_code HTTP_RESPONSE_STATUS_CODE res.statusCode DownstreamStatus response_code attributes.http.status_code"
        ),
        (.requestLine, "request request_line"),
        (.latency, "latency request_latency"), (.duration, "duration elapsed took request_duration"),
        (.date, "date"), (.pairs, "attributes resource.attributes"), (.records, "resourceLogs scopeLogs logRecords"),
        (
            .latencySeconds,
            "request_time latency_seconds duration_s durationSeconds latency_sec http.server.request.duration"
        ),
        (
            .latencyMillis,
            "duration_ms latencyMs elapsed.millis responseTime Elapsed elapsedms durationMillis response-time took_ms attributes.latency_ms"
        ),
        (.latencyMicros, "duration_us latency_micros"),
        (.latencyNanos, "event.duration Duration duration_ns elapsedNanos"),
        (.error, "error err error.message exception.message"),
        (.errorStack, "stack_trace stack err.stack error.stack_trace exc_info @x"),
        (.userAgent, "user_agent http_user_agent userAgent user_agent.original req.headers.user-agent"),
        (.host, "host hostname host.name"), (.logger, "logger logger_name log.logger SourceContext"),
        (
            .other,
            "name user latencies durations items upstream_status data.message context.message meta.level user.id password x headers.status a.b.c"
        ),
    ]) func namesOfCommonLoggersAreKnown(meaning: Meaning, paths: String) {
        for path in paths.split(separator: " ") {
            #expect(Self.name(String(path)).meaning == meaning, "\(path)")
        }
    }

    @Test(arguments: [
        ("message", "msg"), ("@timestamp", "time"), ("time", "ts"), ("trace_id", "mdc.trace_id"), ("level", "levelno"),
        ("http.route", "route"), ("status", "attributes.status"), ("log.level", "level"), ("message", "event"),
    ]) func theBetterNameHasTheLowerRank(better: String, worse: String) {
        let (first, second) = (Self.name(better), Self.name(worse))
        #expect(first.meaning == second.meaning)
        #expect(first.rank < second.rank)
    }

    @Test func operatorsNamesComeFirst() throws {
        let latency = try #require(CanonicalNames.Addition(field: "latency", names: ["took", "http.cost"], unit: "us"))
        let trace = try #require(CanonicalNames.Addition(field: "trace_id", names: ["x_my_trace"]))
        let names = CanonicalNames(adding: [latency, trace])
        #expect(Self.name("took", names).meaning == .latencyMicros)
        #expect(Self.name("Http.Cost", names).meaning == .latencyMicros)
        #expect(Self.name("took", names).rank < Self.name("duration", names).rank)
        #expect(Self.name("xMyTrace", names).meaning == .traceID)
        #expect(CanonicalNames.Addition(field: "colour", names: []) == nil)
        #expect(CanonicalNames.Addition(field: "latency", names: [], unit: "fortnight") == nil)
        #expect(CanonicalNames.Addition(field: "level", names: [], unit: "ms") == nil)
        for field in CanonicalNames.fields { #expect(CanonicalNames.Addition(field: field, names: []) != nil) }
    }

    @Test func theKeyTellsHowLevelsAreCounted() {
        func scale(_ path: String) -> LevelScale { CanonicalNames.levelScale(ofRank: Self.name(path).rank) }
        #expect(scale("level") == .plain)
        #expect(scale("PRIORITY") == .syslog)
        #expect(scale("severity_number") == .openTelemetry)
        #expect(scale("levelno") == .python)
        #expect(scale("level_value") == .logback)
        let gelf = CanonicalNames.levelScale(
            ofRank: Self.name("level").rank,
            messageRank: Self.name("short_message").rank
        )
        #expect(gelf == .syslog)
        #expect(CanonicalNames.levelScale(ofRank: 0) == .plain)
        #expect(CanonicalNames.levelScale(ofRank: .max) == .plain)
    }

    @Test func ranksOfTheTableFitBelowThoseOfContainers() {
        #expect(Self.name("attributes.level_of_detail") == .other)
        #expect(Self.name("logger_name").rank < 127)
        #expect(Self.name("log.logger_name").rank >= 128)
    }

    @Test func anyBytesMayBeAKey() {
        var source = InputSource(seed: 11)
        for _ in 0..<20_000 {
            let bytes = source.bytes(upTo: 300)
            let found = bytes.withUnsafeBufferPointer { CanonicalNames.meaning(ofPath: $0) }
            if bytes.count > CanonicalNames.maxPathBytes { #expect(found == .other) }
        }
    }
}
