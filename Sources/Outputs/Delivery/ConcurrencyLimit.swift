/// How many batches may be on their way at once: halved when the output is busy, one more after a good while.
package struct ConcurrencyLimit: Sendable, Equatable {
    /// Batches that must come to their end between two steps up, for each one on its way.
    package static let stepUp = 4

    /// The number now; at least one.
    package private(set) var current: Int
    private let max: Int
    private var settled = 0

    /// Starts at the most there may ever be.
    package init(max: Int) {
        self.max = Swift.max(1, max)
        current = self.max
    }

    /// A batch came to its end.
    package mutating func succeeded() {
        settled += 1
        guard settled >= current * Self.stepUp else { return }
        settled = 0
        current = min(max, current + 1)
    }

    /// The output could not take a batch.
    package mutating func failed() {
        settled = 0
        current = Swift.max(1, current / 2)
    }
}
