/// One request that a counter or a bucket counted, so that a reader can go from the number to the trace.
///
/// Values in it have been through redaction: they are IDs, never text of a log line.
package struct Exemplar: Sendable, Equatable {
    /// `trace_id`, and `span_id` where known; more than 128 characters and the exemplar is not written.
    package let labels: LabelSet
    /// The measured value, inside the bounds of its bucket.
    package let value: Double
    /// When it was measured, nanoseconds since 1970.
    package let timestamp: Int64

    /// Makes an exemplar.
    package init(labels: LabelSet, value: Double, timestamp: Int64) {
        self.labels = labels
        self.value = value
        self.timestamp = timestamp
    }
}
