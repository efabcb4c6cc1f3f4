extension SignalSnapshot {
    /// Every reason in `dropped`.
    package static let dropReasons = Observation.DropReason.allCases.map(\.name)

    /// Every reason in `replacedTimes`.
    package static let timeReasons = ["year", "future"]
}
