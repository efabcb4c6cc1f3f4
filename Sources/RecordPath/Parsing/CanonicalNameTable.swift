/// The names that common loggers give the canonical fields, with who uses them.
///
/// Rows of one field stand best first: the row number is the rank. Names are compared without case and without
/// `.`, `_` and `-`. Durations may carry a unit behind any name of a latency row (`latency_ms`).
enum CanonicalNameTable {
    /// Names of one meaning and weight.
    struct Row {
        var meaning: Meaning
        /// Separated by spaces.
        var names: String
        /// The producers or the standard that uses them.
        var source: String
        var scale = LevelScale.plain
        /// Case and separators count.
        var isExact = false
        /// Any other name of the meaning is better, though it stands deep in the line.
        var isWeak = false
    }

    static let rows: [Row] = times + levels + messages + services + ids + requests + latencies + others + lists

    private static let times = [
        Row(meaning: .timestamp, names: "@timestamp", source: "logstash-logback-encoder, ECS, OpenSearch"),
        Row(
            meaning: .timestamp,
            names: "timestamp eventtimestamp timestamputc timestampiso timestampns timestampus",
            source: "winston, structlog, GELF, GCP, log4j2"
        ),
        Row(
            meaning: .timestamp,
            names: "time log.time timeutc utctime",
            source: "pino, bunyan, zerolog, logrus, slog, Traefik"
        ),
        Row(meaning: .timestamp, names: zapTime, source: "zap, go-kit, Caddy, Prometheus"),
        Row(meaning: .timestamp, names: compactTime, source: "Serilog compact"),
        Row(meaning: .timestamp, names: "time_unix_nano timeunixnano", source: "OpenTelemetry"),
        Row(
            meaning: .timestamp,
            names: "time_iso8601 time_iso time_local msec start_time starttime startutc startlocal",
            source: "nginx, Envoy, Traefik"
        ),
        Row(
            meaning: .timestamp,
            names:
                "datetime asctime timemillis time.repr record.time.timestamp logtime log_time log_timestamp event.created "
                + "eventtime started_at logged_at dt datetime.date instant log_date requesttimestamp occurred_at "
                + "emitted_at recorded_at eventdatetime activitydatetime timereported acceptdate time_start accesstime "
                + "localtime",
            source: "Monolog, python-json-logger, log4j2, loguru, Logtail, timbre, Azure, rsyslog, HAProxy, Fastly"
        ),
        Row(
            meaning: .timestamp,
            names: "observed_timestamp observedtimeunixnano event.ingested",
            source: "OpenTelemetry, ECS"
        ),
        Row(meaning: .timestamp, names: "transaction.time_stamp", source: "ModSecurity", isExact: true),
        Row(
            meaning: .timestamp,
            names: "t.$date t time.$date timestamp.$date @timestamp.$date datetime.$date",
            source: "MongoDB, log15, zap in development, Meteor"
        ),
        Row(
            meaning: .timestamp,
            names: "instant.epochsecond timestamp.seconds __realtime_timestamp",
            source: "log4j2, Google's protobuf, journald"
        ),
        Row(meaning: .date, names: "date", source: "Fluent Bit; CloudFront and W3C as JSON, with the clock as `time`"),
        Row(
            meaning: .timestamp,
            names:
                "requesttimeepoch edgestarttimestamp timegenerated requestreceivedtimestamp stagetimestamp published "
                + "reqtimesec ibm_datetime lasttimestamp metadata.timestamp meta.timestamp",
            source: "API Gateway, Cloudflare, Azure, Kubernetes audit and events, Okta, Akamai, Liberty, winston"
        ),
        Row(
            meaning: .timestamp,
            names:
                "millis timestampms timestamp(ms) timecreated timecreated.systemtime systemtime syslog.timestamp _meta.date "
                + "query_timestamp unixtime unixtimestamp epoch epochms epochmillis epochtime eventtimestampms",
            source: "java.util.logging, Vercel, CloudFront, Windows events, LoggerJSON, tslog, Route 53"
        ),
        Row(
            meaning: .nanoOfSecond,
            names: "instant.nanoofsecond timestamp.nanos timestampnanos",
            source: "log4j2, Google's protobuf and older agents"
        ),
        Row(meaning: .zone, names: "datetime.timezone", source: "Monolog 1"),
    ]

    private static let levels = [
        Row(meaning: .level, names: "log.level log_level loglevel context.loglevel", source: "ECS, .NET, Roarr"),
        Row(meaning: .level, names: "levelname level_name", source: "python-json-logger, Monolog"),
        Row(meaning: .level, names: "record.level.name", source: "loguru"),
        Row(
            meaning: .level,
            names: "level lvl",
            source: "pino, winston, zap, zerolog, logrus, slog, log4j2, Serilog, log15"
        ),
        Row(
            meaning: .level,
            names: "severity severitytext logging.googleapis.com/severity error_severity sev",
            source: "GCP, OpenTelemetry, Rails, PostgreSQL, katip"
        ),
        Row(meaning: .level, names: "@l @level level_str log_severity", source: "Serilog compact, hclog, logback"),
        Row(meaning: .level, names: "s L", source: "MongoDB, zap in development", isExact: true),
        Row(meaning: .level, names: "l _l", source: "LayeredCraft and others by hand", scale: .words, isExact: true),
        Row(
            meaning: .level,
            names:
                "level.levelstr severity_label severity_name level_string level_label severity_string event_level "
                + "message_level",
            source: "log4js and others by hand",
            scale: .words
        ),
        Row(meaning: .level, names: "severitylevel", source: "Application Insights", scale: .fromZero),
        Row(meaning: .level, names: "severitynumber", source: "OpenTelemetry", scale: .openTelemetry),
        Row(meaning: .level, names: "levelvalue", source: "logstash-logback-encoder", scale: .logback),
        Row(meaning: .level, names: "levelno record.level.no", source: "Python", scale: .python),
        Row(
            meaning: .level,
            names:
                "syslog.severity syslog.severity.code log.syslog.severity.code syslog_level syslog_severity severity_code",
            source: "ECS, rsyslog, Telegraf",
            scale: .syslog
        ),
        Row(meaning: .level, names: "_meta.loglevelname label at", source: "tslog, MySQL, Heroku's router"),
        Row(meaning: .level, names: "PRIORITY", source: "journald", scale: .syslog, isExact: true),
        Row(meaning: .level, names: "priority event.severity nivel", source: "Falco, Splunk", scale: .words),
    ]

    /// A trace id where it looks like one.
    static let trace = "trace"

    /// A span id where it looks like one.
    static let span = "span"

    /// A status in lines of requests only.
    static let code = "code"

    /// A request's id in lines of requests only, where it is long enough for one.
    static let id = "id"

    /// The name of time in zap's and Caddy's lines, whose durations are seconds.
    static let zapTime = "ts"

    /// The key that tells a GELF line, whose `level` counts as syslog does.
    static let gelfMessage = "short_message"

    /// The keys that tell a line of Nextcloud's, whose `level` counts from zero.
    static let nextcloudID = "req_id"
    static let nextcloudApp = "app"

    /// The keys that tell a line of Serilog's compact format, which leaves the level out where it is Information.
    static let compactTime = "@t"
    static let compactMessages = ["@m", "@mt"]

    private static let messages = [
        Row(
            meaning: .message,
            names: "record.message fields.message message.formatted",
            source: "loguru, tracing, jsonlogging for Python"
        ),
        Row(
            meaning: .message,
            names: "message",
            source: "winston, logstash, ECS, zerolog, Monolog, python-json-logger"
        ),
        Row(meaning: .message, names: "msg", source: "pino, bunyan, zap, logrus, slog"),
        Row(meaning: .message, names: "@m renderedmessage @message", source: "Serilog, hclog"),
        Row(meaning: .message, names: gelfMessage, source: "GELF"),
        Row(meaning: .message, names: "body body.stringvalue body.string_value", source: "OpenTelemetry"),
        Row(meaning: .message, names: "textpayload", source: "GCP"),
        Row(meaning: .message, names: "full_message @mt messagetemplate", source: "GELF, Serilog"),
        Row(meaning: .message, names: "event", source: "structlog"),
        Row(
            meaning: .message,
            names: "log text logmessage log_message logevent.message formatted_message event_message",
            source: "Docker json-file, Fluent Bit, loguru, Logstash, logback"
        ),
        Row(
            meaning: .message,
            names:
                "desc content output resultdescription message_text msg_text log_entry log_line mensaje",
            source: "Heroku's router, go-zero, Falco, Azure"
        ),
        Row(meaning: .message, names: "M _m", source: "zap in development, LayeredCraft", isExact: true),
        Row(meaning: .message, names: "_mt", source: "LayeredCraft", isExact: true),
    ]

    private static let services = [
        Row(
            meaning: .service,
            names: "service.name resource.service.name resource.attributes.service.name otelservicename",
            source: "ECS, OpenTelemetry"
        ),
        Row(
            meaning: .service,
            names: "service dd.service servicecontext.service svc microservice",
            source: "Datadog, GCP, custom fields"
        ),
        Row(
            meaning: .service,
            names: "app app_name application application_name",
            source: "winston, GELF, Serilog, Spring"
        ),
        Row(meaning: .service, names: "syslog_identifier", source: "journald"),
    ]

    private static let ids = [
        Row(meaning: .traceID, names: "trace.id trace_id traceid", source: "ECS, OpenTelemetry, Spring, structlog"),
        Row(meaning: .traceID, names: "@tr", source: "Serilog compact"),
        Row(
            meaning: .traceID,
            names: "oteltraceid otel_trace_id ai.operation.id",
            source: "OpenTelemetry for Python, Application Insights"
        ),
        Row(meaning: .traceID, names: "operation_Id", source: "Application Insights", isExact: true),
        Row(
            meaning: .traceID,
            names: "x-b3-traceid b3_trace_id x_trace_id xtraceid xray_trace_id trace.trace_id",
            source: "Zipkin, Envoy, AWS, Honeycomb"
        ),
        Row(meaning: .traceID, names: "logging.googleapis.com/trace", source: "GCP"),
        Row(meaning: .traceID, names: trace, source: "GCP's entries, as projects/…/traces/…"),
        Row(meaning: .datadogTraceID, names: "dd.trace_id dd_trace_id x-datadog-trace-id", source: "Datadog"),
        Row(meaning: .traceContext, names: "traceparent http_traceparent", source: "W3C"),
        Row(
            meaning: .traceContext,
            names: "b3 uber-trace-id x-amzn-trace-id x-cloud-trace-context amzn_trace_id http_x_amzn_trace_id",
            source: "Zipkin, Jaeger, AWS, GCP"
        ),
        Row(meaning: .spanID, names: "span.id span_id spanid", source: "ECS, OpenTelemetry, Spring"),
        Row(meaning: .spanID, names: "@sp", source: "Serilog compact"),
        Row(
            meaning: .spanID,
            names: "otelspanid x-b3-spanid logging.googleapis.com/spanid trace.span_id",
            source: "OpenTelemetry for Python, Zipkin, GCP, Honeycomb"
        ),
        Row(meaning: .spanID, names: span, source: "go-zero"),
        Row(meaning: .datadogSpanID, names: "dd.span_id dd_span_id", source: "Datadog"),
        Row(
            meaning: .requestID,
            names: "http.request.id request_id requestid",
            source: "ECS, Rails, Envoy, ASP.NET, nginx"
        ),
        Row(meaning: .requestID, names: "req_id reqid req.id request.id", source: "bunyan, pino, Fastify"),
        Row(
            meaning: .requestID,
            names: "x_request_id http_x_request_id action_dispatch.request_id request_x-request-id",
            source: "headers, Rails, Traefik"
        ),
        Row(meaning: .requestID, names: "rayid auditid", source: "Cloudflare, Kubernetes audit"),
        Row(
            meaning: .requestID,
            names:
                "function_request_id vcap_request_id aws_request_id awsrequestid x-amzn-requestid x-amz-request-id "
                + "x-req-id unique_id traceidentifier request_uuid request_guid kong_request_id x_kong_request_id",
            source: "AWS Lambda, API Gateway, Cloud Foundry, Apache, ASP.NET, Kong"
        ),
        Row(
            meaning: .requestID,
            names: "correlation_id correlationid x_correlation_id http_x_correlation_id",
            source: "Serilog, Spring",
            isWeak: true
        ),
        Row(
            meaning: .requestID,
            names: "x-transaction-id rid cf-ray cf_ray xedgerequestid",
            source: "Kong, hlog, Cloudflare, CloudFront as JSON"
        ),
        Row(meaning: .requestID, names: id, source: "Echo, in lines of requests"),
    ]

    private static let requests = [
        Row(
            meaning: .method,
            names: "http.request.method http.method http_method httpmethod request_method requestmethod http_verb "
                + "req_method request_verb ibm_requestmethod audit_rest_request_method",
            source: "ECS, OpenTelemetry, nginx, Traefik, Serilog"
        ),
        Row(
            meaning: .method,
            names: "req.method request.method httprequest.requestmethod httprequest.httpmethod "
                + "proxy.method clientrequestmethod csmethod",
            source: "pino-http, Caddy, GCP, AWS WAF, Vercel, Cloudflare, W3C as JSON"
        ),
        Row(meaning: .method, names: "method verb meth", source: "Envoy, lograge, Express"),
        Row(
            meaning: .route,
            names: "http.route http_route url.template route_template path_template routepattern",
            source: "OpenTelemetry, ASP.NET"
        ),
        Row(
            meaning: .route,
            names: "route req.route.path matched_path matchedpath endpoint resourcepath",
            source: "Fastify, Express, axum, Flask, API Gateway"
        ),
        Row(
            meaning: .path,
            names: "url.path http.target http.path http_path request_path requestpath request_uri url_path uri_path "
                + "http.request.path http.request.uri http.request.url http_uri "
                + "req_url req_uri request_target ibm_uripath http.url_details.path protopayload.resource "
                + "audit_rest_request_path",
            source: "ECS, OpenTelemetry, nginx, Traefik, Serilog"
        ),
        Row(
            meaning: .path,
            names: "req.url request.uri request.url request.path req.path httprequest.requesturl req.originalurl "
                + "httprequest.requestpath httprequest.path httprequest.uri proxy.path clientrequestpath clientrequesturi csuristem",
            source: "pino-http, Caddy, GCP, httplog, Vercel, Cloudflare, W3C as JSON"
        ),
        Row(meaning: .path, names: "url.original url.full http.url http_url requesturl", source: "ECS, OpenTelemetry"),
        Row(
            meaning: .path,
            names:
                "path uri url originalurl full_path raw_path csuri x-envoy-original-path x-envoy-origin-path "
                + "full_url path_info document_uri",
            source: "Envoy, lograge, Express, nginx"
        ),
        Row(
            meaning: .status,
            names:
                "http.response.status_code http.status_code http_status_code http.status http_status httpstatus http_stat "
                + "http.code http_code",
            source: "ECS, OpenTelemetry"
        ),
        Row(
            meaning: .status,
            names: "res.statuscode response.statuscode response.status res.status httprequest.status "
                + "http.response.status http.statuscode httpresponse.status proxy.statuscode edgeresponsestatus "
                + "responsestatus.code scstatus responsecodesent api.statuscode http.response.code response_status_code",
            source: "pino-http, bunyan, GCP, httplog, Vercel, Cloudflare, Kubernetes audit, W3C as JSON, AWS WAF, MinIO"
        ),
        Row(
            meaning: .status,
            names: "status_code statuscode response_code responsecode response_status responsestatus resp_status "
                + "rsp_code res_code resp_status ibm_responsecode http_response_code http_response_status",
            source: "Express, Envoy, Serilog"
        ),
        Row(meaning: .status, names: "downstreamstatus", source: "Traefik"),
        Row(meaning: .status, names: "status", source: "nginx, Caddy, lograge"),
        Row(meaning: .status, names: "response", source: "Logstash's COMBINEDAPACHELOG"),
        Row(meaning: .status, names: code, source: "Express, Gin and others by hand, in lines of requests"),
        Row(meaning: .requestLine, names: "request_line requestline", source: "nginx, uvicorn"),
        Row(
            meaning: .requestLine,
            names: "request http_request http_request_line request_first_line route_key",
            source: "nginx, HAProxy, API Gateway"
        ),
    ]

    private static let latencies = [
        Row(meaning: .latencyNanos, names: "event.duration http_response.took", source: "ECS, Ory"),
        Row(meaning: .latencyNanos, names: "Duration total_ns", source: "Traefik, Linkerd", isExact: true),
        Row(meaning: .latencySeconds, names: "http.server.request.duration", source: "OpenTelemetry"),
        Row(meaning: .latencyMillis, names: "http.server.duration", source: "OpenTelemetry before 1.20"),
        Row(meaning: .latencySeconds, names: "request_time requesttime", source: "nginx, gunicorn"),
        // Others in capitals and small letters mean milliseconds; nginx writes three decimals.
        Row(meaning: .latency, names: "responsetime", source: "nginx' $request_time in ELK templates", isExact: true),
        Row(
            meaning: .latencyMillis,
            names: "response_time responsetime res.responsetime response.responsetime",
            source: "pino-http, Fastify, morgan, Kibana"
        ),
        Row(
            meaning: .latencyMillis,
            names: "Elapsed Properties.Elapsed time_taken",
            source: "Serilog, IIS",
            isExact: true
        ),
        Row(meaning: .latencyMillis, names: "grpc.time_ms latencies.request", source: "go-grpc-middleware, Kong"),
        Row(
            meaning: .latencyMicros,
            names: "x-runtime-us time_us microseconds ibm_elapsedtime",
            source: "Apache %D templates, Liberty"
        ),
        Row(meaning: .latency, names: "latency_human", source: "Echo"),
        Row(
            meaning: .latency,
            names: "latency request_latency response_latency httprequest.latency total_latency",
            source: "Gin, Echo, GCP"
        ),
        Row(
            meaning: .duration,
            names: "duration request_duration http_duration http.duration response_duration duration_human "
                + "http.request.duration http.response.duration req_duration total_duration dur",
            source: "Caddy, Envoy, lograge, zap, slog, zerolog"
        ),
        Row(
            meaning: .duration,
            names:
                "elapsed elapsed_time elapsedtime httpresponse.elapsed took process_time processing_time execution_time "
                + "exec_time total_time time_spent resp_time rt x-runtime",
            source: "Go services, FastAPI, Rails, Tengine"
        ),
        Row(
            meaning: .duration,
            names: "durationin latencyin elapsedin responsetimein requesttimein processingtimein",
            source: "by hand, with a unit behind"
        ),
        Row(
            meaning: .duration,
            names:
                "cost cost_time timetaken time_elapsed runtime_duration api.timetoresponse runtime used_time use_time "
                + "time_used handle_time handling_time req_time res_time resp_duration elasticsearch.slowlog.took",
            source: "Go services, MinIO, authentik, Elasticsearch"
        ),
        Row(
            meaning: .latencyMillis,
            names: "originresponsedurationms record.metrics.durationms",
            source: "Cloudflare, AWS Lambda"
        ),
        Row(meaning: .latencyMillis, names: "ms time_ms", source: "Grafana and others by hand", isExact: true),
    ]

    private static let lists = [
        Row(meaning: .pairs, names: "attributes", source: "OTLP's JSON encoding"),
        Row(meaning: .contexts, names: "spans scopes", source: "tracing, .NET's JSON console"),
        Row(
            meaning: .records,
            names: "resourcelogs scopelogs instrumentationlibrarylogs logrecords",
            source: "OTLP's JSON encoding, as the collector's file exporter writes it"
        ),
    ]

    private static let others = [
        Row(
            meaning: .other,
            names: "record.elapsed.seconds record.elapsed.repr",
            source: "loguru: since the program began"
        ),
        Row(
            meaning: .error,
            names: "error.message err.message exception.message error.msg err.msg",
            source: "ECS, pino, OpenTelemetry"
        ),
        Row(meaning: .error, names: "error err", source: "zap, zerolog, logrus, slog"),
        Row(
            meaning: .error,
            names: "error_message errormessage errmsg thrown.message exception",
            source: "custom, log4j2, structlog"
        ),
        Row(
            meaning: .errorStack,
            names:
                "error.stack_trace err.stack error.stack exception.stacktrace stack_trace stacktrace stack errorverbose",
            source: "ECS, pino, OpenTelemetry, logstash, zap"
        ),
        Row(
            meaning: .errorStack,
            names: "exc_info exc_text @x traceback backtrace thrown.extendedstacktrace",
            source: "python-json-logger, structlog, Serilog, log4j2"
        ),
        Row(
            meaning: .userAgent,
            names: "user_agent.original http.user_agent http_user_agent user_agent useragent",
            source: "ECS, OpenTelemetry, nginx, Envoy"
        ),
        Row(
            meaning: .userAgent,
            names: "request_user-agent request_useragent ua httprequest.useragent",
            source: "Traefik, GCP"
        ),
        Row(meaning: .host, names: "host.name hostname host.hostname", source: "ECS, pino, bunyan"),
        Row(meaning: .host, names: "host", source: "GELF"),
        Row(
            meaning: .logger,
            names: "log.logger logger logger_name loggername sourcecontext category channel",
            source: "ECS, zap, log4j2, Serilog, .NET"
        ),
    ]
}
