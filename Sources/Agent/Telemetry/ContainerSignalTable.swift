import Admin
import Inputs
import Synchronization

/// How the containers fare, as `/metrics` shows it: saturation, restarts and OOM kills.
///
/// Bounded: beyond `seriesMax` series what is counted goes to `__other__`. No counter goes back while the agent lives:
/// counts belong to the names and are kept when a container is replaced by one of the same names.
package final class ContainerSignalTable: ContainerSignals {
    /// Makes a name safe to show: redaction.
    package typealias Redact = @Sendable (String) -> String

    /// What was counted of a container that is gone is shown for so long, so that a scrape still sees its end.
    package static let keptMilliseconds: Int64 = 15 * 60 * 1000

    private let state: Mutex<ContainerSignalState>
    let redact: Redact
    private let now: @Sendable () -> Int64
    private let freshMilliseconds: Int64

    /// Makes an empty table.
    ///
    /// - Parameters:
    ///   - seriesMax: Containers with series of their own.
    ///   - fresh: Samples that are older are not shown: some intervals of sampling.
    ///   - redact: Applied to names before anything else.
    ///   - now: Milliseconds that never go back.
    package init(
        seriesMax: Int = 5_000,
        fresh: Duration = .seconds(60),
        redact: @escaping Redact,
        now: @escaping @Sendable () -> Int64 = { BatchWriter.monotonicMilliseconds() }
    ) {
        state = Mutex(ContainerSignalState(seriesMax: seriesMax))
        freshMilliseconds = fresh.wholeMilliseconds
        self.redact = redact
        self.now = now
    }

    package func found(_ container: ContainerIdentity) {
        guard !state.withLock({ $0.knows(container) }) else { return }
        // Redaction is not quick: outside of the lock.
        let series = ContainerSignalState.Series(
            service: redact(container.service),
            container: redact(container.container)
        )
        let time = now()
        state.withLock { $0.enter(container, as: series, now: time) }
    }

    package func sample(_ sample: SaturationSample, of container: ContainerIdentity) {
        found(container)
        let time = now()
        state.withLock { $0.take(sample, of: container.id, now: time) }
    }

    package func stopped(_ container: ContainerIdentity) {
        state.withLock { $0.take(SaturationSample(), of: container.id, now: 0) }
    }

    package func restarted(_ container: ContainerIdentity, times: Int) {
        found(container)
        state.withLock { $0.count(container.id, restarts: max(0, times)) }
    }

    package func oomKilled(_ container: ContainerIdentity, times: Int) {
        found(container)
        state.withLock { $0.count(container.id, oomKills: max(0, times)) }
    }

    package func removed(_ container: ContainerIdentity) {
        let time = now()
        state.withLock { $0.leave(container.id, now: time) }
    }

    // MARK: What is durable

    /// What was counted and is not durable yet: it is not shown.
    package var fresh: [ContainerSignalState.Series: ContainerSignalState.Events] { state.withLock { $0.fresh } }

    /// Counts are durable now.
    package func settle(_ events: [ContainerSignalState.Series: ContainerSignalState.Events]) {
        guard !events.isEmpty else { return }
        state.withLock { $0.settle(events) }
    }

    /// Goes on from what an earlier run has counted.
    package func restore(_ events: [ContainerSignalState.Series: ContainerSignalState.Events]) {
        state.withLock { $0.restore(events) }
    }

    // MARK: What is shown

    /// The families of SPEC 6 whose names begin with `martlet_container_`, and `martlet_saturation_ratio`.
    package var families: [MetricFamily] {
        let time = now()
        let (counts, samples, limited) = state.withLock { state in
            (
                state.shownCounts(since: time - Self.keptMilliseconds),
                state.samples(since: time - freshMilliseconds), state.limited
            )
        }
        return ratios(samples) + [
            counter("restarts", "Times that a container was started again.", counts, \.durable.restarts),
            counter(
                "oom_kills",
                "Times that the kernel killed a container for want of memory.",
                counts,
                \.durable.oomKills
            ),
            Self.saturation(samples),
            .counter(
                "martlet_series_limited",
                help: "Observations counted under __other__ because of signals.max_series.",
                limited > 0 ? [MetricSample(["metric": "martlet_container"], .integer(limited))] : []
            ),
        ]
    }

    /// By service the highest of its containers' shares of their limits.
    var saturation: [String: Double] {
        let time = now()
        var highest: [String: Double] = [:]
        for (series, sample) in state.withLock({ $0.samples(since: time - freshMilliseconds) }) {
            guard let share = sample.highest else { continue }
            highest[series.service] = max(share, highest[series.service] ?? 0)
        }
        return highest
    }

    private typealias Samples = [(series: ContainerSignalState.Series, sample: SaturationSample)]
    private typealias Counts = [(series: ContainerSignalState.Series, counts: ContainerSignalState.Counts)]

    private func ratios(_ samples: Samples) -> [MetricFamily] {
        [
            gauge("cpu", "CPU in use, of the limit.", samples, \.cpu),
            gauge("cpu_throttled", "Scheduling periods in which the container was held back.", samples, \.throttled),
            gauge("memory", "Memory in use without cache that can be taken back, of the limit.", samples, \.memory),
            gauge("pids", "Processes and threads, of the limit.", samples, \.pids),
        ]
    }

    private func gauge(
        _ name: String,
        _ help: String,
        _ samples: Samples,
        _ value: KeyPath<SaturationSample, Double?>
    ) -> MetricFamily {
        .gauge(
            "martlet_container_\(name)_ratio",
            unit: "ratio",
            help: help,
            samples.compactMap { series, sample in
                sample[keyPath: value].map { MetricSample(Self.labels(series), .number($0)) }
            }
        )
    }

    private func counter(
        _ name: String,
        _ help: String,
        _ counts: Counts,
        _ value: KeyPath<ContainerSignalState.Counts, Int64>
    ) -> MetricFamily {
        .counter(
            "martlet_container_\(name)",
            help: help,
            counts.map { MetricSample(Self.labels($0.series), .integer($0.counts[keyPath: value])) }
        )
    }

    /// The highest of all ratios of all containers of a service.
    private static func saturation(_ samples: Samples) -> MetricFamily {
        var highest: [String: Double] = [:]
        for (series, sample) in samples {
            guard let value = sample.highest else { continue }
            highest[series.service] = max(highest[series.service] ?? 0, value)
        }
        return .gauge(
            "martlet_saturation_ratio",
            unit: "ratio",
            help: "The highest saturation of a service's containers.",
            highest.sorted { $0.key < $1.key }.map { MetricSample(["service": $0.key], .number($0.value)) }
        )
    }

    private static func labels(_ series: ContainerSignalState.Series) -> LabelSet {
        ["service": series.service, "container": series.container]
    }
}
