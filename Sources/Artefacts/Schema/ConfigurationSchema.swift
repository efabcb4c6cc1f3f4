/// The JSON Schema of `martlet.yaml`, for editors.
///
/// `martlet validate` decides; a test compares the keys here with those that the agent knows.
package enum ConfigurationSchema {
    static let artefact = Artefact(path: "schema/martlet.schema.json", text: document.json)

    private static let document: Node = {
        guard case .object(let members) = SchemaKind.mapping(root).node else { return .null }
        let head: [Node.Member] = [
            .init("$schema", "https://json-schema.org/draft/2020-12/schema"),
            .init("title", "Martlet"),
            .init("description", "The configuration of the log agent Martlet. Made by `martlet generate schema`."),
        ]
        return .object(head + members)
    }()

    /// The sections.
    package static let root: [SchemaKey] = [
        .init("agent", .mapping(agent), "The agent itself."),
        .init("inputs", .mapping(inputs), "What is read; nothing is read without being named here."),
        .init(
            "filter",
            .list(.mapping([.init("drop", .text, "An expression; a record for which it holds goes to no output.")])),
            "Records that no output gets, after signals and SLOs have counted them."
        ),
        .init("parse", .mapping(parse), "How lines become records."),
        .init("redact", .mapping(redact), "What leaves this host is redacted; this says how."),
        .init("correlate", .mapping(correlate), "Which fields hold ids."),
        .init("signals", .mapping(signals), "The golden signals on /metrics."),
        .init("slos", .list(.mapping(slo)), "Service level objectives."),
        .init("slo_files", .list(.text), "More of the same, relative to this file; OpenSLO v1 and Sloth too."),
        .init("outputs", .mapping(outputs), "Where records go; every output gets every record."),
        .init("delivery", .mapping(delivery), "Defaults for every output; an output may override any of them."),
    ]

    private static let agent: [SchemaKey] = [
        .init(
            "data_dir",
            .text,
            "Where cursors, spool and counters are kept; one agent per directory.",
            "/var/lib/martlet"
        ),
        .init("listen", .text, "HOST:PORT of /metrics, /healthz, /readyz and the live page.", "127.0.0.1:14464"),
        .init("shutdown_timeout", .duration, "How long SIGTERM lets the agent send what it holds.", "10s"),
        .init("memory_limit", .size, "All that Martlet takes; inputs wait before it is more.", "64MiB"),
        .init("labels", .names(.text), "On every record and document; at most 32."),
    ]

    private static let parse: [SchemaKey] = [
        .init(
            "formats",
            .list(.choice(["auto", "json", "logfmt", "clf", "nginx", "text"])),
            "Tried in this order, the first that fits.",
            ["auto"]
        ),
        .init(
            "fields",
            .names(
                .mapping([
                    .init("names", .list(.text), "Names of the field in lines."),
                    .init("unit", .choice(["s", "ms", "us", "ns"]), "Of latency, where its name does not tell it."),
                ])
            ),
            "More names for a canonical field, ahead of the built-in ones."
        ),
        .init(
            "multiline",
            .either([
                .choice(["auto", "off"]),
                .mapping([.init("start", .text, "A regular expression (RE2) for the first line of a record.")]),
            ]),
            "Joins stack traces and printed JSON to one record.",
            "auto"
        ),
    ]

    private static let action = SchemaKind.choice(["tag", "mask", "last4", "hash", "drop_field", "drop_record"])

    private static let redact: [SchemaKey] = [
        .init(
            "detectors",
            .list(.text),
            "Detectors, groups (pii, secrets, network), default; -NAME leaves one out.",
            ["default"]
        ),
        .init("keys", .list(.text), "Fields whose whole value is withheld; names with *.", ["default"]),
        .init("allow", .list(.text), "What is never redacted: a whole value, or re: and a regular expression."),
        .init("numbers", .choice(["string", "zero"]), "What becomes of a JSON number that must go.", "string"),
        .init("action", action, "What becomes of what is found.", "tag"),
        .init("hash_key", .text, "The key of the hashes, best from a file: ${file:/run/secrets/martlet-hash-key}."),
        .init(
            "rules",
            .list(
                .mapping([
                    .init("name", .text, "Names it in tags and counters."),
                    .init("pattern", .text, "A regular expression (RE2) with a literal part."),
                    .init("detectors", .list(.text), "Detectors that get another action, instead of a pattern."),
                    .init("action", action, "What becomes of what it finds."),
                    .init("services", .list(.text), "Services that it holds for; default all."),
                ])
            ),
            "Your own detectors, or another action for some services."
        ),
    ]

    private static let correlate: [SchemaKey] = [
        .init("trace", .list(.text), "Fields that hold a trace id, ahead of the built-in ones.", ["default"]),
        .init("request", .list(.text), "Fields that hold a request id, ahead of the built-in ones.", ["default"]),
        .init(
            "remember",
            .duration,
            "How long a line with only a request id inherits the trace id seen with it.",
            "5m"
        ),
    ]

    private static let signals: [SchemaKey] = [
        .init("buckets", .list(.duration), "Upper bounds of the latency histogram, ascending."),
        .init("routes", .list(.text), "Templates of routes; ids in paths are recognised without them."),
        .init("max_series", .integer(10...1_000_000), "Series of one metric; what is over goes to __other__.", 5000),
        .init(
            "errors",
            .text,
            "An expression: which requests are errors.",
            #"status >= 500 or level in ["error", "fatal"]"#
        ),
    ]

    private static let slo: [SchemaKey] = [
        .init("name", .text, "Names it in series and alerts."),
        .init("service", .text, "The service, or \"*\" for each one by itself."),
        .init("objective", .decimal, "Percent, such as 99.9."),
        .init("period", .duration, "A rolling window.", "30d"),
        .init("calendar", .choice(["month"]), "A calendar period instead of a rolling one."),
        .init(
            "sli",
            .mapping([
                .init("bad", .text, "An expression: what is bad."),
                .init("good", .text, "An expression: what is good."),
                .init("total", .text, "An expression: what counts."),
                .init(
                    "latency",
                    .mapping([.init("threshold", .duration, "A request is good where it is answered within it.")]),
                    "Good is what is fast enough."
                ),
            ]),
            "What is good and what is bad."
        ),
        .init("runbook", .text, "Where the alerts send whoever is woken; default the generated runbook."),
        .init(
            "alert",
            .mapping([
                .init("min_bad", .integer(1...1_000_000_000), "Bad events that an alert needs at least.", 5),
                .init(
                    "hold",
                    .mapping(
                        [("fast", "5m"), ("medium", "5m"), ("slow", "1h"), ("trickle", "1h")].map { tier, standard in
                            SchemaKey(tier, .duration, "For the tier \(tier).", .text(standard))
                        }
                    ),
                    "How long an alert stays after it resolves."
                ),
            ]),
            "When its alerts speak."
        ),
        .init("labels", .names(.text), "On the SLO's info series and alerts."),
    ]
}
