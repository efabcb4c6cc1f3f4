import Settings

extension DecimalNumber {
    /// Compares exactly with a decimal of an expression: negative, zero or positive as this is less, equal or more.
    func compare(_ other: ExactDecimal) -> Int {
        let otherIsNegative = other.digits < 0
        if digits == 0 || other.digits == 0 || isNegative != otherIsNegative {
            return sign - Int(other.digits.signum())
        }
        let magnitude = Self.compare(digits, exponent, other.digits.magnitude, -other.scale)
        return isNegative ? -magnitude : magnitude
    }

    private var sign: Int { digits == 0 ? 0 : isNegative ? -1 : 1 }

    /// Compares `left · 10^leftExponent` with `right · 10^rightExponent`; neither is zero, both have 19 digits at most.
    private static func compare(_ left: UInt64, _ leftExponent: Int, _ right: UInt64, _ rightExponent: Int) -> Int {
        let difference = leftExponent - rightExponent
        // Both are below 10^20, so that from there the exponents alone decide; below, the products fit 128 bits.
        if difference >= 20 { return 1 }
        if difference <= -20 { return -1 }
        let left = UInt128(left) * power(max(0, difference))
        let right = UInt128(right) * power(max(0, -difference))
        return left < right ? -1 : left > right ? 1 : 0
    }

    private static func power(_ exponent: Int) -> UInt128 { (0..<exponent).reduce(1) { power, _ in power * 10 } }
}

extension ExpressionTest.DecimalRange {
    /// Whether a number lies in the range.
    func contains(_ number: DecimalNumber) -> Bool {
        if let low {
            let order = number.compare(low)
            if order < 0 || order == 0 && !includesBounds { return false }
        }
        if let high {
            let order = number.compare(high)
            if order > 0 || order == 0 && !includesBounds { return false }
        }
        return true
    }
}
