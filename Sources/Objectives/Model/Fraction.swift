import Settings

/// A fraction of whole numbers in lowest terms, never negative: factors and budgets, which are compared exactly.
package struct Fraction: Sendable, Equatable {
    package let numerator: Int64
    package let denominator: Int64

    /// Makes a fraction of two numbers, the second above zero.
    package init(_ numerator: Int64, _ denominator: Int64) {
        precondition(numerator >= 0 && denominator > 0, "a fraction is not negative and has a denominator")
        var (left, right) = (numerator, denominator)
        while right != 0 { (left, right) = (right, left % right) }
        self.numerator = numerator / left
        self.denominator = denominator / left
    }

    /// The value, rounded once.
    package var value: Double { Double(numerator) / Double(denominator) }

    /// At least one.
    var isAtLeastOne: Bool { numerator >= denominator }

    /// The value as one writes it: exact to four digits behind the point, else rounded there and marked with `~`.
    package var text: String { text(scaledBy: 1) }

    /// The value as a percentage.
    package var percent: String { text(scaledBy: 100) + "%" }

    private func text(scaledBy scale: Int64) -> String {
        let product = Int128(numerator) * Int128(scale) * 10_000
        let quotient = product / Int128(denominator)
        let isExact = product % Int128(denominator) == 0
        // Five digits are enough for every objective with up to three nines behind the point.
        guard let digits = Int64(exactly: isExact ? quotient : (product * 2 / Int128(denominator) + 1) / 2) else {
            return "\(value * Double(scale))"
        }
        return (isExact ? "" : "~") + ExactDecimal(digits: digits, scale: 4).description
    }
}
