package import Outputs
import Synchronization

/// A clock that stands still until somebody sleeps.
package final class TestTime: Sendable {
    private struct State {
        var now: Int64
        var sleeps: [Duration] = []
    }

    private let state: Mutex<State>

    /// Makes a clock that shows `now`, nanoseconds since 1970.
    package init(now: Int64 = 1_790_000_000_000_000_000) {
        state = Mutex(State(now: now))
    }

    /// What it shows.
    package var now: Int64 { state.withLock(\.now) }

    /// How long was slept each time.
    package var sleeps: [Duration] { state.withLock(\.sleeps) }

    /// Surroundings in which sleeping takes no time, and chance is always `random`.
    package func surroundings(random: Double = 0.5) -> DeliverySurroundings {
        DeliverySurroundings(
            now: { self.now },
            monotonic: { self.now },
            sleep: { duration in
                self.state.withLock { state in
                    state.now += duration.nanoseconds
                    state.sleeps.append(duration)
                }
                await Task.yield()
            },
            random: { random }
        )
    }
}
