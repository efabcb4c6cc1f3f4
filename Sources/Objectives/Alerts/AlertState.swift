/// One alert tier of one SLO: when it fires, how long it stays, when it is over.
///
/// It fires as soon as its condition is met. It is over when the condition has not been met for `hold`, and then says
/// when it ended: the moment at which the condition first was not met any more.
package struct AlertState: Sendable, Equatable {
    /// What the windows say.
    package enum Condition: Sendable, Equatable {
        case met, notMet
        /// Too little was observed to say that it is over.
        case unknown
    }

    /// What its owner has to do.
    package enum Action: Sendable, Equatable {
        case fire(at: Moment)
        /// Over since `endedAt`, after it fired at `firedAt`.
        case resolve(firedAt: Moment, endedAt: Moment)
    }

    /// Where it stands.
    package enum Phase: Sendable, Equatable {
        case inactive
        case firing(since: Moment)
        /// The condition ended, `hold` has not passed.
        case ending(since: Moment, endedAt: Moment)
    }

    package private(set) var phase = Phase.inactive

    /// Makes an alert that does not fire.
    package init() {}

    /// Whether it fires, or fired and is held.
    package var isActive: Bool { phase != .inactive }

    /// When it fired; nil where it does not.
    package var firedAt: Moment? {
        switch phase {
        case .inactive: nil
        case .firing(let since), .ending(let since, _): since
        }
    }

    /// Takes what the windows say now.
    package mutating func evaluate(_ condition: Condition, at now: Moment, holdMillis: Int64) -> Action? {
        switch (phase, condition) {
        case (.inactive, .met):
            phase = .firing(since: now)
            return .fire(at: now)
        case (.firing(let since), .notMet):
            phase = .ending(since: since, endedAt: now)
            return end(at: now, holdMillis)
        case (.ending(let since, _), .met):
            phase = .firing(since: since)
            return nil
        case (.ending, .notMet): return end(at: now, holdMillis)
        case (.inactive, _), (.firing, _), (.ending, .unknown): return nil
        }
    }

    private mutating func end(at now: Moment, _ holdMillis: Int64) -> Action? {
        guard case .ending(let since, let endedAt) = phase, now.steady - endedAt.steady >= holdMillis else {
            return nil
        }
        phase = .inactive
        return .resolve(firedAt: since, endedAt: endedAt)
    }

    func encode(to writer: inout StateWriter) {
        switch phase {
        case .inactive: writer.put(UInt64(0))
        case .firing(let since):
            writer.put(UInt64(1))
            since.encode(to: &writer)
        case .ending(let since, let endedAt):
            writer.put(UInt64(2))
            since.encode(to: &writer)
            endedAt.encode(to: &writer)
        }
    }

    init?(from reader: inout StateReader) {
        guard let kind = reader.unsigned() else { return nil }
        if kind == 0 { return }
        guard kind <= 2, let since = Moment(from: &reader) else { return nil }
        phase = .firing(since: since)
        if kind == 1 { return }
        guard let endedAt = Moment(from: &reader) else { return nil }
        phase = .ending(since: since, endedAt: endedAt)
    }
}
