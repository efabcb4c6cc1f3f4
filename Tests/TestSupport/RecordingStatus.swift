internal import Inputs
import Synchronization

/// Remembers what an input reports.
package final class RecordingStatus: InputStatus {
    private let state = Mutex(State())

    private struct State {
        var isUp: Bool?
        var ups = 0
        var problems: [String] = []
        var notes: [String] = []
        var gaps: [String] = []
    }

    /// Makes a status that knows nothing.
    package init() {}

    package func up(_ input: String) {
        state.withLock {
            $0.isUp = true
            $0.ups += 1
        }
    }

    package func down(_ input: String, _ problem: String) {
        state.withLock {
            $0.isUp = false
            $0.problems.append(problem)
        }
    }

    package func note(_ input: String, _ text: String) { state.withLock { $0.notes.append(text) } }

    package func gap(_ input: String, reason: String) { state.withLock { $0.gaps.append(reason) } }

    /// Whether the last report was `up`; nil before the first.
    package var isUp: Bool? { state.withLock { $0.isUp } }
    /// How often `up` was reported.
    package var ups: Int { state.withLock { $0.ups } }
    /// What `down` said.
    package var problems: [String] { state.withLock { $0.problems } }
    package var notes: [String] { state.withLock { $0.notes } }
    /// The reasons of gaps.
    package var gaps: [String] { state.withLock { $0.gaps } }
}
