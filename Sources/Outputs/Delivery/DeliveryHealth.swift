internal import Settings
import Synchronization

/// What the tries of one output share: backoff, retry budget, breaker and the number of batches on their way.
final class DeliveryHealth: Sendable {
    private struct Values {
        var policy: RetryPolicy
        var budget: RetryBudget
        var breaker: Breaker
        var limit: ConcurrencyLimit
        var isEnding = false
    }

    /// Longest wait for an open breaker without looking again: another batch's try may have closed it.
    private static let breakerGlance = Duration.seconds(1)

    private let values: Mutex<Values>
    private let surroundings: DeliverySurroundings
    private let changed = Doorbell()

    init(_ options: DeliveryOptions, _ surroundings: DeliverySurroundings, concurrency: Int) {
        self.surroundings = surroundings
        values = Mutex(
            Values(
                policy: RetryPolicy(first: options.retry.first, max: options.retry.max),
                budget: RetryBudget(percent: options.retry.budgetPercent),
                breaker: Breaker(failures: options.breaker.failures, probe: options.breaker.probe),
                limit: ConcurrencyLimit(max: concurrency)
            )
        )
    }

    /// How long to wait before a try may start; nil: at once.
    func delayBeforeTry() -> Duration? {
        let now = surroundings.monotonic()
        return values.withLock { values in
            if case .wait(let delay) = values.breaker.admit(now: now) { min(delay, Self.breakerGlance) } else { nil }
        }
    }

    /// Waits until as many batches as `place` and one may be on their way, or there are no more.
    func waitForTurn(_ place: Int) async {
        while !Task.isCancelled {
            let seen = changed.rings
            if values.withLock({ place < $0.limit.current || $0.isEnding }) { return }
            await changed.wait(past: seen)
        }
    }

    /// There are no more batches: nobody has to wait for a turn.
    func end() {
        values.withLock { $0.isEnding = true }
        changed.ring()
    }

    func firstTry() {
        values.withLock { $0.budget.firstTry() }
    }

    /// What a verdict makes of the output's state.
    func note(_ verdict: Delivery.Verdict) -> OutputState {
        let (now, random) = (surroundings.monotonic(), surroundings.random())
        defer { changed.ring() }
        return values.withLock { values in
            switch verdict {
            case .proceed:
                values.limit.succeeded()
                values.policy.succeeded()
                values.breaker.succeeded()
                return .up
            case .retry(let reason, let after):
                values.limit.failed()
                values.breaker.failed(now: now)
                let isFast = values.budget.retry()
                let delay =
                    isFast
                    ? values.policy.delay(random: random, after: after)
                    : max(after ?? .zero, values.policy.slowDelay(random: random))
                return .retrying(reason: reason, delay: delay, breakerIsOpen: values.breaker.isOpen)
            case .hold(let reason):
                values.limit.failed()
                values.breaker.failed(now: now)
                let delay = values.policy.slowDelay(random: random)
                return .held(reason: reason, delay: delay, breakerIsOpen: values.breaker.isOpen)
            }
        }
    }
}
