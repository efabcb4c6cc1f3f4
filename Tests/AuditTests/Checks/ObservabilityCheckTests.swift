import Audit
import Testing

/// Logs and endpoints, check by check.
@Suite struct ObservabilityCheckTests {
    private static let sound = Sample.sound

    static let rows: [Judgement] = [
        .finding("log-rotation", "json-file without max-size", .medium, Sample.careless),
        .finding(
            "log-rotation",
            "without max-size",
            .medium,
            sound.with("HostConfig.LogConfig.Config", .json(#"{"max-size": "-1"}"#))
        ),
        .other("log-rotation", "pass", "local", sound.with("HostConfig.LogConfig", .json(#"{"Type": "local"}"#))),
        .finding("structured-logs", "12 of 100 (12%)", .medium, logging(Sample.log(records: 100, structured: 12))),
        .finding("structured-logs", "is none", .high, sound.with("HostConfig.LogConfig.Type", .text("none"))),
        .other("structured-logs", "pass", "90 of 100", logging(Sample.log(records: 100, structured: 90))),
        .other("structured-logs", "unknown", "no line", logging(nil)),
        .finding("log-ids", "trace id in 49 of 100 (49%)", .medium, logging(Sample.log(records: 100, traced: 49))),
        .other("log-ids", "pass", "50 of 100", logging(Sample.log(records: 100, traced: 50))),
        .other("log-ids", "pass", "60 of 100", logging(LogEvidence(traced: 0, requested: 60, of: 100))),
        .other("log-ids", "unknown", "no line", logging(Sample.log(records: 0))),
        .finding(
            "no-personal-data-in-logs",
            "email 7, phone 2 in 100",
            .medium,
            logging(Sample.log(records: 100, redactions: ["phone": 2, "email": 7, "jwt": 1]))
        ),
        .finding(
            "no-secrets-in-logs",
            "log has jwt 1, key:password 1 in 100",
            .high,
            logging(Sample.log(records: 100, redactions: ["jwt": 1, "email": 7, "key:password": 1]))
        ),
        .other(
            "no-secrets-in-logs",
            "pass",
            "nothing in 100",
            logging(Sample.log(records: 100, redactions: ["email": 7, "ipv4": 9]))
        ),
        .other(
            "no-personal-data-in-logs",
            "pass",
            "nothing in 100",
            logging(Sample.log(records: 100, redactions: ["ipv4": 9]))
        ),
        .finding("metrics-endpoint", "10.0.0.2:8080 404", .low, answering(["/metrics": .status(404)])),
        .finding("metrics-endpoint", "a web page", .low, answering(["/metrics": .page])),
        .finding("healthz-endpoint", "10.0.0.2:8080 500", .low, answering(["/healthz": .status(500)])),
        .finding("readyz-endpoint", "10.0.0.2:8080 302", .low, answering(["/readyz": .status(302)])),
        .other("readyz-endpoint", "pass", "is there", answering(["/readyz": .status(503)])),
        .other("metrics-endpoint", "pass", "is there", answering(["/metrics": .status(401)])),
        .other("metrics-endpoint", "inapplicable", "no port", sound.with { $0.ports = PortEvidence(addresses: []) }),
        .other(
            "metrics-endpoint",
            "unknown",
            "speaks HTTP",
            sound.with { $0.ports = PortEvidence(addresses: ["10.0.0.2:1"]) }
        ),
        .other("metrics-endpoint", "unknown", "not asked", sound.with { $0.ports = nil }),
    ]

    @Test("Each finding has its cause, and nothing else has", arguments: rows)
    func judges(_ row: Judgement) throws { try row.expectItHolds() }

    private static func logging(_ log: LogEvidence?) -> ContainerEvidence { sound.with { $0.log = log } }

    private static func answering(_ replies: [String: PortEvidence.Reply]) -> ContainerEvidence {
        sound.with {
            $0.ports = PortEvidence(
                addresses: ["10.0.0.2:8080"],
                answers: [.init(address: "10.0.0.2:8080", replies: replies)]
            )
        }
    }
}
