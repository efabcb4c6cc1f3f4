import Synchronization

/// Bounds how many pages of metrics are sent at once.
final class PageTurns: Sendable {
    /// The right to send a page, as long as it lives.
    final class Turn: Sendable {
        private let turns: PageTurns

        fileprivate init(_ turns: PageTurns) { self.turns = turns }

        deinit { turns.open.subtract(1, ordering: .relaxed) }
    }

    private let openMax: Int
    private let open = Atomic(0)

    init(max: Int) { openMax = max }

    /// Nil: there are as many as there may be.
    func take() -> Turn? {
        if open.add(1, ordering: .relaxed).newValue > openMax {
            open.subtract(1, ordering: .relaxed)
            return nil
        }
        return Turn(self)
    }
}
