/// Time and chance, as the delivery path takes them in.
package struct DeliverySurroundings: Sendable {
    /// Wall clock, nanoseconds since 1970: for the lag only.
    package var now: @Sendable () -> Int64
    /// A clock that never goes back, nanoseconds.
    package var monotonic: @Sendable () -> Int64
    /// Waits; returns early when the task is cancelled.
    package var sleep: @Sendable (Duration) async -> Void
    /// A random number from 0 up to but not including 1.
    package var random: @Sendable () -> Double

    /// Makes surroundings.
    package init(
        now: @escaping @Sendable () -> Int64,
        monotonic: @escaping @Sendable () -> Int64,
        sleep: @escaping @Sendable (Duration) async -> Void,
        random: @escaping @Sendable () -> Double
    ) {
        self.now = now
        self.monotonic = monotonic
        self.sleep = sleep
        self.random = random
    }

    /// The real ones.
    package static func real(now: @escaping @Sendable () -> Int64) -> DeliverySurroundings {
        let start = ContinuousClock.now
        return DeliverySurroundings(
            now: now,
            monotonic: { start.duration(to: .now).nanoseconds },
            sleep: { try? await Task.sleep(for: $0) },
            random: { Double.random(in: 0..<1) }
        )
    }
}
