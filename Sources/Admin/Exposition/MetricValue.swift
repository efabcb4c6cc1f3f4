/// The number of a sample: counts stay integers up to the text.
package enum MetricValue: Sendable, Equatable {
    /// Written without a point.
    case integer(Int64)
    /// Written as its shortest decimal form.
    case number(Double)
}

extension MetricValue: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral {
    /// A count.
    package init(integerLiteral value: Int64) { self = .integer(value) }
    /// A measure.
    package init(floatLiteral value: Double) { self = .number(value) }
}
