/// A stretch of a line that looks like what a detector finds, and why it was left as it is.
package struct LookAlike: Sendable, Equatable {
    /// The detector, or `key:` and the rule.
    package var detector: String
    /// Bytes of the line.
    package var range: Range<Int>
    /// For people: `Luhn's check digit is wrong`.
    package var reason: String
}
