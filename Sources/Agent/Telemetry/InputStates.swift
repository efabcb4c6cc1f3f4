import Inputs
import Logging
import Synchronization

/// What every input said last: for readiness, metrics and, when it changes, one line in the log.
final class InputStates: InputStatus {
    private struct State {
        /// Nil: attached; else what is wrong.
        var problems: [String: String?] = [:]
        /// Those that are not committed yet.
        var gaps: [Gap: UInt64] = [:]
    }

    /// Labels of `martlet_input_gaps_total`.
    struct Gap: Hashable {
        let input: String
        let reason: String
    }

    private let state = Mutex(State())
    private let log: Logger

    init(log: Logger) { self.log = log }

    /// Announces an input that has not attached yet; its counters begin at 0.
    func starting(_ input: String) {
        state.withLock { state in
            state.problems[input] = .some("is starting")
            for reason in InputGaps.reasons(of: input) {
                state.gaps[Gap(input: input, reason: reason), default: 0] += 0
            }
        }
    }

    func up(_ input: String) {
        let wasUp = state.withLock { state in
            let before = state.problems[input]
            state.problems[input] = .some(nil)
            return before == .some(nil)
        }
        if !wasUp { log.info("input is attached", metadata: ["input": "\(input)"]) }
    }

    func down(_ input: String, _ problem: String) {
        let isNew = state.withLock { state in
            let before = state.problems[input]
            state.problems[input] = problem
            return before != .some(problem)
        }
        if isNew { log.warning("input is not attached", metadata: ["input": "\(input)", "problem": "\(problem)"]) }
    }

    func note(_ input: String, _ text: String) {
        log.notice("input", metadata: ["input": "\(input)", "note": "\(text)"])
    }

    func gap(_ input: String, reason: String) {
        state.withLock { $0.gaps[Gap(input: input, reason: reason), default: 0] += 1 }
        log.warning("lines were lost at the source", metadata: ["input": "\(input)", "reason": "\(reason)"])
    }

    /// Inputs and what is wrong with each; nil: nothing.
    var problems: [String: String?] { state.withLock { $0.problems } }
    /// Whether nothing is wrong with any of them.
    var areAllUp: Bool { problems.values.allSatisfy { $0 == nil } }

    /// Gaps since the last call.
    func takeGaps() -> [Gap: UInt64] {
        state.withLock { state in
            defer { state.gaps = [:] }
            return state.gaps
        }
    }
}
