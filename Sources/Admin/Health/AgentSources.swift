/// Gives what `/metrics` shows; called at each scrape, from any thread.
package protocol MetricsSource: Sendable {
    /// Committed values, in the order to be shown.
    func metrics() -> [MetricFamily]
}

/// Gives what `/readyz` says; called at each request, from any thread.
package protocol ReadinessSource: Sendable {
    /// The state now, from memory: it asks no other system.
    func readiness() -> Readiness
}
