/// Evaluates the SLOs of a running agent every few seconds, on a thread of its own, and once more at the end.
final class ObjectiveTicker: Sendable {
    /// A third of the finest slot.
    static let interval = Duration.seconds(5)

    private let isStopping = Monitor(false)
    private let thread: AgentThread

    /// Starts; `isObserved` tells whether the inputs have been attached since the last tick.
    init(_ keeper: ObjectiveKeeper, _ desk: AlertDesk, isObserved: @escaping @Sendable () -> Bool) {
        let isStopping = isStopping
        thread = AgentThread("objectives") {
            var isLast = false
            while !isLast {
                isLast = isStopping.wait(for: Self.interval, until: { $0 ? true : nil }) != nil
                keeper.tick(isObserved: isObserved())
                desk.follow()
            }
        }
    }

    /// Evaluates for the last time.
    func stop() {
        isStopping.update { $0 = true }
        thread.join()
    }
}
