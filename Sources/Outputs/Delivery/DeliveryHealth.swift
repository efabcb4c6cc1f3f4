internal import Settings
import Synchronization

/// What the tries of one output share: backoff, retry budget and breaker.
final class DeliveryHealth: Sendable {
    private struct Values {
        var policy: RetryPolicy
        var budget: RetryBudget
        var breaker: Breaker
    }

    private let values: Mutex<Values>
    private let surroundings: DeliverySurroundings

    init(_ options: DeliveryOptions, _ surroundings: DeliverySurroundings) {
        self.surroundings = surroundings
        values = Mutex(
            Values(
                policy: RetryPolicy(first: options.retry.first, max: options.retry.max),
                budget: RetryBudget(percent: options.retry.budgetPercent),
                breaker: Breaker(failures: options.breaker.failures, probe: options.breaker.probe)
            )
        )
    }

    /// How long to wait before a try may start; nil: at once.
    func delayBeforeTry() -> Duration? {
        let now = surroundings.monotonic()
        return values.withLock { values in
            if case .wait(let delay) = values.breaker.admit(now: now) { delay } else { nil }
        }
    }

    func firstTry() {
        values.withLock { $0.budget.firstTry() }
    }

    /// What a verdict makes of the output's state.
    func note(_ verdict: Delivery.Verdict) -> OutputState {
        let (now, random) = (surroundings.monotonic(), surroundings.random())
        return values.withLock { values in
            switch verdict {
            case .proceed:
                values.policy.succeeded()
                values.breaker.succeeded()
                return .up
            case .retry(let reason, let after):
                values.breaker.failed(now: now)
                let isFast = values.budget.retry()
                let delay =
                    isFast
                    ? values.policy.delay(random: random, after: after)
                    : max(after ?? .zero, values.policy.slowDelay(random: random))
                return .retrying(reason: reason, delay: delay, breakerIsOpen: values.breaker.isOpen)
            case .hold(let reason):
                values.breaker.failed(now: now)
                let delay = values.policy.slowDelay(random: random)
                return .held(reason: reason, delay: delay, breakerIsOpen: values.breaker.isOpen)
            }
        }
    }
}
