import Inputs
import TestSupport
import Testing

@Suite("A glob")
struct GlobTests {
    /// The plain definition, exponential.
    private func naive(_ pattern: Substring.UnicodeScalarView, _ text: Substring.UnicodeScalarView) -> Bool {
        guard let first = pattern.first else { return text.isEmpty }
        if first == "*" {
            return naive(pattern.dropFirst(), text) || (!text.isEmpty && naive(pattern, text.dropFirst()))
        }
        guard let letter = text.first else { return false }
        return (first == "?" || first == letter) && naive(pattern.dropFirst(), text.dropFirst())
    }

    @Test("means what its definition says", arguments: 0..<300)
    func oracle(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let pattern = String(
            (0..<Int.random(in: 0...7, using: &random)).map { _ in "ab*?*".randomElement(using: &random) ?? "a" }
        )
        let text = String(
            (0..<Int.random(in: 0...8, using: &random)).map { _ in "ab?é".randomElement(using: &random) ?? "a" }
        )
        let expected = naive(Substring(pattern).unicodeScalars, Substring(text).unicodeScalars)
        #expect(Glob(pattern).matches(text) == expected, "\(pattern) on \(text)")
    }

    @Test("with many stars ends in time")
    func bounded() {
        let pattern = Glob(String(repeating: "a*", count: 200) + "b")
        #expect(!pattern.matches(String(repeating: "a", count: 20_000)))
    }
}
