/// A question that a panel asks.
package struct Target: Sendable {
    /// Where the data is.
    package enum Source: String, Sendable {
        case prometheus, loki

        /// By the variable of the dashboard, never by a fixed uid.
        var node: Node { ["type": .text(rawValue), "uid": .text("${\(rawValue)_datasource}")] }
    }

    package let source: Source
    package let expression: String
    /// What a series is called; a name or `{{label}}`.
    package var legend: String
    /// One value now instead of a course.
    package var isInstant = false
    var isTable = false
    var isHeatmap = false
    var hasExemplars = false

    /// A course of PromQL.
    static func query(_ expression: String, _ legend: String) -> Target {
        Target(source: .prometheus, expression: expression, legend: legend)
    }

    /// A course with exemplars.
    static func exemplified(_ expression: String, _ legend: String) -> Target {
        Target(source: .prometheus, expression: expression, legend: legend, hasExemplars: true)
    }

    /// The value now.
    static func now(_ expression: String, _ legend: String = "") -> Target {
        Target(source: .prometheus, expression: expression, legend: legend, isInstant: true)
    }

    /// Values now as a column of a table.
    static func column(_ expression: String) -> Target {
        Target(source: .prometheus, expression: expression, legend: "", isInstant: true, isTable: true)
    }

    /// The buckets of a histogram over time.
    static func buckets(_ expression: String) -> Target {
        Target(source: .prometheus, expression: expression, legend: "{{le}}", isHeatmap: true)
    }

    /// Lines, or a course, of LogQL.
    static func logs(_ expression: String, _ legend: String = "") -> Target {
        Target(source: .loki, expression: expression, legend: legend)
    }

    func node(_ index: Int) -> Node {
        let letter = Unicode.Scalar(UInt8(ascii: "A") + UInt8(index))
        return .members(
            ("refId", .text(String(Character(letter)))),
            ("datasource", source.node),
            ("expr", .text(expression)),
            ("legendFormat", legend.isEmpty ? nil : .text(legend)),
            ("range", source == .prometheus ? .flag(!isInstant) : nil),
            ("instant", source == .prometheus ? .flag(isInstant) : nil),
            ("queryType", source == .loki ? "range" : nil),
            ("format", source == .loki ? nil : isTable ? "table" : isHeatmap ? "heatmap" : "time_series"),
            ("exemplar", hasExemplars ? true : nil)
        )
    }
}
