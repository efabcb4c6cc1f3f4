extension ConfigurationSchema {
    static let outputs: [SchemaKey] = [
        .init("loki", .mapping(loki + access + delivery), "Loki 2.9 or newer."),
        .init("opensearch", .mapping(opensearch + access + delivery), "OpenSearch 2.7 or newer."),
        .init("archive", .mapping(archive + delivery), "gzip NDJSON files."),
        .init("alertmanager", .mapping(alertmanager + access + delivery), "Burn-rate alerts without a Prometheus."),
        .init(
            "webhook",
            .mapping([.init("url", .text, "Gets one POST for each alert.")] + access + delivery),
            "The same alerts as JSON."
        ),
    ]

    static let delivery: [SchemaKey] = [
        .init(
            "batch",
            .mapping([
                .init("bytes", .size, "Size before compression at which a batch is closed.", "1MiB"),
                .init("age", .duration, "Age at which it is closed.", "1s"),
            ]),
            "When a batch is closed."
        ),
        .init(
            "compression",
            .either([.choice(["auto", "none"]), .integer(1...9)]),
            "The best gzip codec on this host, zlib's level, or none.",
            "auto"
        ),
        .init(
            "spool",
            .mapping([
                .init("bytes", .size, "What one output may keep on disk.", "1GiB"),
                .init("when_full", .choice(["wait", "drop_oldest"]), "What happens then.", "wait"),
            ]),
            "What waits on disk."
        ),
        .init(
            "timeout",
            .mapping([
                .init("connect", .duration, "For the connection, TLS included.", "5s"),
                .init("request", .duration, "For a whole request.", "30s"),
            ]),
            "How long an output may take."
        ),
        .init(
            "retry",
            .mapping([
                .init("first", .duration, "The first delay, with full jitter.", "500ms"),
                .init("max", .duration, "The longest delay.", "30s"),
                .init("budget", .percent, "Retries are at most so many of the batches.", "20%"),
            ]),
            "When a batch is sent again."
        ),
        .init(
            "breaker",
            .mapping([
                .init("failures", .integer(1...1_000), "Failures in a row after which an output is left alone.", 5),
                .init("probe", .duration, "For how long, before one batch probes.", "10s"),
            ]),
            "When an output is left alone."
        ),
    ]

    private static let access: [SchemaKey] = [
        .init(
            "auth",
            .mapping([
                .init(
                    "basic",
                    .mapping([.init("user", .text, "The user."), .init("password", .text, "Best from a file.")]),
                    "User and password."
                ),
                .init("bearer", .text, "A token, best from a file."),
            ]),
            "Who we are to the server."
        ),
        .init(
            "tls",
            .mapping([
                .init("ca", .text, "PEM file of authorities to trust; default the system's."),
                .init("cert", .text, "PEM file of our certificate."),
                .init("key", .text, "PEM file of its private key."),
                .init("min_version", .choice(["1.2", "1.3"]), "The oldest version.", "1.2"),
            ]),
            "Certificates."
        ),
    ]

    private static let loki: [SchemaKey] = [
        .init("url", .text, "Without /loki/api/v1/push, which is added."),
        .init("encoding", .choice(["protobuf", "json"]), "protobuf (snappy) or json (gzip).", "protobuf"),
        .init("tenant", .text, "The X-Scope-OrgID header."),
        .init(
            "labels",
            .list(.either([.text, .names(.text)])),
            "What streams are made of; {NAME: SOURCE} renames.",
            ["service_name", "level", "host"]
        ),
        .init("extra", .names(.text), "Labels with one value for this agent."),
        .init("structured_metadata", .choice(["auto", "off"]), "off for Loki before 3.0.", "auto"),
        .init("readback", .choice(["auto", "off"]), "Look up a batch whose outcome is unknown.", "auto"),
    ]

    private static let opensearch: [SchemaKey] = [
        .init("url", .text, "The server."),
        .init("data_stream", .text, "Where documents are created.", "logs-martlet-default"),
        .init("bootstrap", .flag, "Put the index template and the retention policy where they are missing.", true),
        .init("retention", .duration, "After which documents are deleted.", "30d"),
    ]

    private static let archive: [SchemaKey] = [
        .init("directory", .text, "Where the files are.", "./archive"),
        .init("keep", .size, "The oldest files go above this.", "1GiB"),
    ]

    private static let alertmanager: [SchemaKey] = [
        .init("url", .text, "The server; the path is added."),
        .init("resend", .duration, "Time between two tellings of a firing alert.", "1m"),
    ]
}
