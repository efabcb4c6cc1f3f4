import Dispatch
import Synchronization

/// Which containers come in through the engine, so that another input does not bring their lines again.
///
/// The engine's journald driver writes a container's lines into the journal, and the engine reads them from there: with
/// both inputs every line would come twice. The Docker input tells here what it reads; the journal's input asks.
/// A container that the Docker input has not decided upon yet makes the asking thread wait a moment, since its first
/// line can be in the journal before the engine tells of its start. Where no answer comes the lines are taken: rather
/// twice than never.
package final class ReadContainers: Sendable {
    private struct State {
        var decisions: [String: Bool] = [:]
        /// In the order of their first decision, so that the oldest go first.
        var order: [String] = []
        /// Asked for, and not decided.
        var questions: Set<String> = []
        /// There are questions since the list was last wanted.
        var wantsList = false
        /// Read by the last run, and not yet seen in this one.
        var remembered: Set<String> = []
        var waiting: [DispatchSemaphore] = []
        var hasEnded = false
    }

    /// So many containers are remembered.
    package static let maximum = 4096
    private let state = Mutex(State())
    private let patience: Duration

    /// Makes an empty table; nobody waits longer than `patience` for a container to be decided upon.
    package init(patience: Duration = .seconds(3)) { self.patience = patience }

    /// Whether the lines of a container (64 hex digits) come in through the engine; may wait for the answer.
    package func isRead(_ id: String) -> Bool {
        let deadline = ContinuousClock.now + patience
        while true {
            let news = DispatchSemaphore(value: 0)
            let known = state.withLock { state -> Bool? in
                if let decision = state.decisions[id] { return decision }
                guard !state.hasEnded else { return false }
                if state.questions.insert(id).inserted { state.wantsList = true }
                state.waiting.append(news)
                return nil
            }
            if let known { return known }
            let left = ContinuousClock.now.duration(to: deadline).wholeMilliseconds
            guard left > 0, news.wait(timeout: .now() + .milliseconds(Int(left))) == .success else { break }
        }
        // Remembered, so that only the first line of a container nobody knows has to wait; the input may still decide.
        return state.withLock { Self.decide(id, $0.decisions[id] ?? false, &$0) }
    }

    // MARK: What the Docker input tells

    /// Somebody waits for a decision.
    package var hasOpenQuestion: Bool { state.withLock { !$0.questions.isEmpty } }

    /// Whether somebody has asked, since this was last called, what the engine's list may answer.
    func takeWish() -> Bool {
        state.withLock { state in
            defer { state.wantsList = false }
            return state.wantsList
        }
    }

    /// The last run has read this container, so this one will as soon as the engine is there.
    package func remember(_ id: String) {
        change { state in
            state.remembered.insert(id)
            _ = Self.decide(id, true, &state)
        }
    }

    /// A container is read from now on, or is not.
    package func decided(_ id: String, isRead: Bool) {
        change { _ = Self.decide(id, isRead, &$0) }
    }

    /// All containers that the engine has: what was asked for and is not among them is not read.
    ///
    /// What was read of a container that is gone stays read, for its last lines may still stand in the journal; what
    /// went while no agent ran can only be read there.
    package func listed(_ ids: Set<String>) {
        change { state in
            for id in state.questions.union(state.remembered) where !ids.contains(id) {
                _ = Self.decide(id, false, &state)
            }
            state.remembered = []
        }
    }

    /// Nothing is read any more: nobody has to wait.
    package func ended() { change { $0.hasEnded = true } }

    private func change(_ body: (inout State) -> Void) {
        let waiting = state.withLock { state in
            body(&state)
            defer { state.waiting = [] }
            return state.waiting
        }
        for semaphore in waiting { semaphore.signal() }
    }

    private static func decide(_ id: String, _ isRead: Bool, _ state: inout State) -> Bool {
        state.questions.remove(id)
        if state.decisions.updateValue(isRead, forKey: id) == nil {
            state.order.append(id)
            if state.order.count > maximum { state.decisions[state.order.removeFirst()] = nil }
        }
        return isRead
    }
}
