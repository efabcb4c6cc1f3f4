import Settings
import Testing

struct ExactDecimalTests {
    @Test(arguments: [
        ("99.9", 999, 1), ("99.90", 999, 1), ("100", 100, 0), ("0.000000001", 1, 9), ("-1.50", -15, 1), ("007", 7, 0),
        ("999999999999999999", 999_999_999_999_999_999, 0), ("0.0", 0, 0),
    ])
    func `a decimal keeps its digits`(_ text: String, _ digits: Int64, _ scale: Int) {
        let decimal = ExactDecimal(parsing: text)
        #expect(decimal?.digits == digits)
        #expect(decimal?.scale == scale)
    }

    @Test(arguments: [
        "", ".", "1.", ".5", "-", "1e3", "+1", "1,5", "1.2.3", "0.0000000001", "1234567890123456789", "٣", "NaN",
    ])
    func `anything else is none`(_ text: String) {
        #expect(ExactDecimal(parsing: text) == nil)
    }

    @Test(arguments: ["99.9", "0.05", "-0.5", "100", "0.000000001", "-12.034"])
    func `a decimal is written as it was read`(_ text: String) {
        #expect(ExactDecimal(parsing: text)?.description == text)
    }

    @Test func `decimals compare exactly where floats do not`() {
        let nearly = ExactDecimal(digits: 999_999_999_999_999_999, scale: 9)
        let more = ExactDecimal(digits: 1_000_000_000)
        #expect(nearly < more)
        #expect(ExactDecimal(digits: 5, scale: 1) < ExactDecimal(digits: 51, scale: 2))
        #expect(ExactDecimal(digits: 50, scale: 2) == ExactDecimal(digits: 5, scale: 1))
    }
}
