extension Check {
    /// What monitoring and orchestration ask for.
    static let metricsEndpoint = endpoint(
        "metrics-endpoint",
        "/metrics",
        "Answers /metrics",
        why: "What a service does not log, only its own metrics tell: pools, queues, caches.",
        mend: "serve /metrics in Prometheus' format on a port of the internal network",
        references: ["A-9.1.1"]
    )

    static let healthEndpoint = endpoint(
        "healthz-endpoint",
        "/healthz",
        "Answers /healthz",
        why: "A liveness check over HTTP tells a process that hangs from one that works.",
        mend: "serve /healthz: 200 while the process works, without asking databases or other services",
        references: ["A-6.1.1", "A-6.1.2"]
    )

    static let readyEndpoint = endpoint(
        "readyz-endpoint",
        "/readyz",
        "Answers /readyz",
        why: "Without readiness a proxy sends requests to what is still starting, or is about to stop.",
        mend: "serve /readyz: 200 when it can take requests, 503 with the reason when it cannot",
        references: ["A-6.1.1", "A-6.2.2"]
    )

    /// One check for each path; all are asked wherever the container speaks HTTP.
    private static func endpoint(
        _ id: String,
        _ path: String,
        _ title: String,
        why: String,
        mend: String,
        references: [String]
    ) -> Check {
        Check(id, .low, title, why: why, mend: mend, references: references) { container in
            guard container.isRunning else { return .inapplicable("it does not run") }
            guard let ports = container.ports else { return .unknown("its ports were not asked") }
            guard !ports.addresses.isEmpty else { return .inapplicable("it has no port that may speak HTTP") }
            guard !ports.answers.isEmpty else {
                return .unknown("nothing at \(ports.addresses.joined(separator: ", ")) speaks HTTP with us")
            }
            if let found = ports.answers.first(where: { isThere($0.replies[path]) }) {
                return .pass("\(found.address)\(path) is there")
            }
            let seen = ports.answers.map { "\($0.address) \(text($0.replies[path]))" }
            return .finding(path, "answers \(seen.joined(separator: ", "))")
        }
    }

    private static func text(_ reply: PortEvidence.Reply?) -> String {
        switch reply {
        case .status(let status): "\(status)"
        case .page: "a web page"
        case nil: "nothing"
        }
    }

    /// There, also where it wants a password or says that it is not ready.
    private static func isThere(_ reply: PortEvidence.Reply?) -> Bool {
        guard case .status(let status) = reply else { return false }
        return (200...299).contains(status) || [401, 403, 503].contains(status)
    }
}
