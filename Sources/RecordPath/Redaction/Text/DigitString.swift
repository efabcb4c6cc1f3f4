/// Up to 32 digits of a number that may be somebody's, packed so that checking them allocates nothing.
struct DigitString {
    // A digit a nibble, the last one lowest.
    private var high: UInt64 = 0
    private var low: UInt64 = 0
    private(set) var count = 0

    /// No digits.
    init() {}

    /// The digits of a range of a text; whatever else stands there is passed over.
    init(_ text: Text, _ start: Int, _ length: Int) {
        for i in start..<start + length where text[i].isDigit { append(Int(text[i] & 15)) }
    }

    /// Adds a digit at the end; the 33rd pushes out the first.
    mutating func append(_ digit: Int) {
        high = high << 4 | low >> 60
        low = low << 4 | UInt64(digit)
        count += 1
    }

    /// Digit `i`, counted from the first.
    subscript(i: Int) -> Int { fromEnd(count - 1 - i) }

    /// Digit `i`, counted from the last.
    func fromEnd(_ i: Int) -> Int {
        Int((i < 16 ? low >> UInt64(4 * i) : high >> UInt64(4 * (i - 16))) & 15)
    }

    /// The number that some digits make.
    func number(_ range: Range<Int>) -> Int { range.reduce(0) { $0 * 10 + self[$1] } }

    /// Whether all digits are the same.
    var isOneRepeated: Bool { (1..<max(count, 1)).allSatisfy { self[$0] == self[0] } }

    /// The sum of the first digits, each times a weight: a hexadecimal digit of `weights`.
    func weighted(_ weights: StaticString) -> Int {
        (0..<weights.utf8CodeUnitCount).reduce(0) { $0 + self[$1] * Int(weights.utf8Start[$1].hexValue ?? 0) }
    }

    /// Luhn's check digit is right.
    var passesLuhn: Bool {
        var sum = 0
        for i in 0..<count {
            let digit = fromEnd(i)
            let doubled = digit * 2
            sum += i & 1 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled
        }
        return sum % 10 == 0
    }
}
