/// Keeps retries from being most of what a struggling server gets.
///
/// Every first try earns a part of a retry and every retry costs a whole one. With nothing left, retries go on,
/// slowly.
package struct RetryBudget: Sendable, Equatable {
    /// Retries that may be saved up, and that are there at the start.
    package static let reserve = 10.0

    private let ratio: Double
    private var balance = reserve

    /// Makes a budget: `percent` of the first tries.
    package init(percent: Int = 20) {
        ratio = Double(percent) / 100
    }

    /// A batch is tried for the first time.
    package mutating func firstTry() {
        balance = min(Self.reserve, balance + ratio)
    }

    /// A batch is about to be tried again; false when it should wait long.
    package mutating func retry() -> Bool {
        guard balance >= 1 else { return false }
        balance -= 1
        return true
    }
}
