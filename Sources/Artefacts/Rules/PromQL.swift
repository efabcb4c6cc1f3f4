import Objectives
import Settings

/// Pieces of PromQL that several places need in the same form.
enum PromQL {
    /// A name inside a regular expression inside a string.
    static func escaped(_ name: String) -> String {
        name.split(separator: ".", omittingEmptySubsequences: false)
            .joined(separator: "\\\\.")
    }

    /// A duration as Prometheus formats it, which is how Sloth names its series: 28 days are `4w`.
    static func duration(seconds: Int64) -> String {
        let week: Int64 = 7 * 86_400
        let year: Int64 = 365 * 86_400
        if seconds >= year, seconds % year == 0 { return "\(seconds / year)y" }
        if seconds >= week, seconds % week == 0 { return "\(seconds / week)w" }
        return DurationText.format(.seconds(seconds))
    }

    /// A fraction as a number: exact where four digits are.
    static func number(_ fraction: Fraction) -> String { Node.decimal(fraction.value) }

    /// Indents a part of an expression.
    static func indented(_ text: String) -> String {
        text.split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)" }.joined(separator: "\n")
    }
}
