/// One series of a counter, a gauge or an info metric.
package struct MetricSample: Sendable, Equatable {
    /// What tells it from the other series of its family.
    package let labels: LabelSet
    /// The number; always 1 for an info metric.
    package let value: MetricValue
    /// Counters only.
    package let exemplar: Exemplar?

    /// Makes a sample.
    package init(_ labels: LabelSet = .none, _ value: MetricValue, exemplar: Exemplar? = nil) {
        self.labels = labels
        self.value = value
        self.exemplar = exemplar
    }
}
