import Admin
import Audit
import RecordPath
import Synchronization

/// What the last audit found, as `martlet_readiness_findings` shows it: 1 for a finding, 0 for what is as it should be.
///
/// A check without evidence has no series, for 0 would say that all is well.
package final class ReadinessBoard: Sendable {
    private struct State {
        /// Nil: there is no engine to ask, or it was not asked yet.
        var containers: [ContainerReport]?
        var hasAsked = false
    }

    private let state = Mutex(State())

    /// Makes an empty board.
    package init() {}

    /// Takes over an audit; nil when the engine could not be asked.
    package func show(_ report: AuditReport?) {
        state.withLock { state in
            state.containers = report?.containers
            state.hasAsked = true
        }
    }

    /// The series.
    ///
    /// Services whose requests come from elsewhere than containers are there too, under their own name, with the checks
    /// that lines alone answer; from the counters, so that they are never older than the scrape.
    ///
    /// - Parameters:
    ///   - signals: What the agent has counted.
    ///   - readsContainers: An audit is under way or has been: no service is shown in a container's place before it.
    ///   - redact: Applied to containers' names.
    /// - Returns: One gauge.
    package func families(
        _ signals: SignalSnapshot,
        readsContainers: Bool,
        redact: (String) -> String
    ) -> [MetricFamily] {
        let (containers, hasAsked) = state.withLock { ($0.containers ?? [], $0.hasAsked) }
        var reports = containers.map { (name: redact($0.name), report: $0) }
        if hasAsked || !readsContainers {
            let known = Set(containers.map(\.service))
            reports += Self.services(signals).filter { !known.contains($0.service) }.map { ($0.name, $0) }
        }
        var seen: Set<LabelSet> = []
        let samples = reports.sorted { $0.name < $1.name }.flatMap { name, report in
            report.results.compactMap { Self.sample($0, name) }
        }
        return [
            .gauge(
                "martlet_readiness_findings",
                help: "What the readiness audit finds: 1 to be mended, 0 as it should be.",
                samples.filter { seen.insert($0.labels).inserted }
            )
        ]
    }

    private static func sample(_ result: ContainerReport.Result, _ name: String) -> MetricSample? {
        let value: Int64
        switch result.verdict {
        case .pass: value = 0
        case .finding: value = 1
        case .inapplicable, .unknown: return nil
        }
        let labels: LabelSet = [
            "container": name, "check": result.check.id, "severity": result.severity.rawValue,
        ]
        return MetricSample(labels, .integer(value))
    }

    /// Services that serve requests, judged by their lines.
    private static func services(_ signals: SignalSnapshot) -> [ContainerReport] {
        let serving = Set(signals.requests.keys.map(\.service))
        return serving.sorted().map { service in
            let counts = ["trace", "request", "none"].map { kind in
                signals.correlated[.init(service: service, label: kind)] ?? 0
            }
            var evidence = ContainerEvidence(id: "", name: service, service: service)
            evidence.log = LogEvidence(traced: counts[0], requested: counts[1], of: counts.reduce(0, +))
            return ContainerReport(evidence, by: Check.ofLines)
        }
    }
}
