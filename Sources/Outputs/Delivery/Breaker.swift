/// Stops asking an output that keeps failing, and lets one try through now and then.
///
/// Times are nanoseconds of a clock that never goes back.
package struct Breaker: Sendable, Equatable {
    /// What a caller may do.
    package enum Admission: Sendable, Equatable {
        case go
        /// Ask again after this long.
        case wait(Duration)
    }

    private enum State: Equatable {
        case closed(failures: Int)
        case open(until: Int64)
        /// One try is on its way; its result decides. Given up on at `until`, should the result never come.
        case probing(until: Int64)
    }

    private let failuresMax: Int
    private let probe: Duration
    private var state = State.closed(failures: 0)

    /// Makes a closed breaker that opens after `failures` in a row and then lets a try through every `probe`.
    package init(failures: Int = 5, probe: Duration = .seconds(10)) {
        failuresMax = failures
        self.probe = probe
    }

    /// Whether it holds tries back.
    package var isOpen: Bool {
        if case .closed = state { false } else { true }
    }

    /// Asks for leave to try.
    package mutating func admit(now: Int64) -> Admission {
        switch state {
        case .closed: return .go
        case .open(let until), .probing(let until):
            guard now >= until else { return .wait(.nanoseconds(until - now)) }
            state = .probing(until: now &+ probe.nanoseconds)
            return .go
        }
    }

    /// A try got through, whatever the answer was.
    package mutating func succeeded() {
        state = .closed(failures: 0)
    }

    /// A try failed.
    package mutating func failed(now: Int64) {
        switch state {
        case .closed(let failures) where failures + 1 < failuresMax: state = .closed(failures: failures + 1)
        case .closed, .probing: state = .open(until: now &+ probe.nanoseconds)
        // A try that started before it opened.
        case .open: break
        }
    }
}
