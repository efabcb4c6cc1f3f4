/// One series of a histogram.
package struct HistogramSample: Sendable, Equatable {
    /// What tells it from the other series of its family.
    package let labels: LabelSet
    /// Observations in each bucket, not cumulative: one number for each bound of the family, then those above the last.
    package let counts: [Int64]
    /// The sum of all observations.
    package let sum: Double
    /// For each bucket its latest telling observation, or empty for none at all.
    package let exemplars: [Exemplar?]

    /// Makes a sample.
    package init(_ labels: LabelSet = .none, counts: [Int64], sum: Double, exemplars: [Exemplar?] = []) {
        self.labels = labels
        self.counts = counts
        self.sum = sum
        self.exemplars = exemplars
    }
}
