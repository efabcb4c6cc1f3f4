/// Thrown by helpers of the tests; says what is missing.
package struct TestFailure: Error, CustomStringConvertible {
    package let description: String

    /// Makes a failure.
    package init(_ description: String) { self.description = description }
}
