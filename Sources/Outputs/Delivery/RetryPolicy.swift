/// When to try again: exponential backoff with full jitter.
///
/// The n-th delay in a row is random between nothing and `first` doubled n times, at most `max`. Nothing is ever
/// given up: what can still succeed is tried every `max` or so for ever.
package struct RetryPolicy: Sendable, Equatable {
    /// Upper end of the first delay.
    package let first: Duration
    /// Upper end of every later one.
    package let max: Duration
    /// Failures in a row so far.
    package private(set) var failures = 0

    /// Makes a policy that has seen no failure.
    package init(first: Duration = .milliseconds(500), max: Duration = .seconds(30)) {
        self.first = first
        self.max = max
    }

    /// A try succeeded: the next delay is a first one again.
    package mutating func succeeded() {
        failures = 0
    }

    /// The delay before the next try; `random` is from 0 up to but not including 1.
    ///
    /// What the server asked for (`Retry-After`) is the least, up to ten times `max`.
    package mutating func delay(random: Double, after: Duration? = nil) -> Duration {
        // 30 doublings of a millisecond are 12 days: the exponent needs no more.
        let ceiling = Swift.min(max, first * (1 << Swift.min(failures, 30)))
        failures += 1
        let jittered = ceiling * random
        guard let after else { return jittered }
        return Swift.min(after, max * 10) + jittered
    }

    /// The delay where trying soon is known to be of no use: between half of `max` and `max`.
    package mutating func slowDelay(random: Double) -> Duration {
        failures += 1
        return max * (0.5 + random / 2)
    }
}
