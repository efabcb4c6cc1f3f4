/// A series that Prometheus computes of others.
package struct RecordingRule: Sendable, Equatable {
    package let record: String
    /// PromQL.
    package let expression: String
    package let labels: [(String, String)]

    /// Makes a rule.
    package init(_ record: String, _ expression: String, labels: [(String, String)] = []) {
        self.record = record
        self.expression = expression
        self.labels = labels
    }

    package static func == (left: RecordingRule, right: RecordingRule) -> Bool { left.node == right.node }

    var node: Node {
        .members(
            ("record", .text(record)),
            ("expr", .text(expression)),
            ("labels", labels.isEmpty ? nil : .object(labels.map { Node.Member($0.0, .text($0.1)) }))
        )
    }
}
