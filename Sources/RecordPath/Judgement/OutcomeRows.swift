/// What a combination of level, status and latency class is to each objective of a group: evaluated once, then known.
struct OutcomeRows: ~Copyable {
    /// Combinations kept before they are forgotten: statuses times levels times latency classes are few.
    private static let maximumRows = 16_384

    private var index = KeyIndex()
    /// For each combination where its row begins in `outcomes`.
    private var starts: [Int] = []
    /// 0 does not count, 1 good, 2 bad; one byte an objective.
    private(set) var outcomes: [UInt8] = []

    /// Where the row of a combination begins, evaluated where it is new.
    ///
    /// `key` is the group, above ten bits of status, three of level and seven of latency class.
    mutating func row(
        _ key: UInt64,
        _ members: [Int],
        _ indicators: [Indicator],
        _ classes: LatencyClasses
    ) -> Int {
        if index.count >= Self.maximumRows { forget() }
        let number = index.number(key)
        if number < starts.count { return starts[number] }
        let subject = NumericSubject(
            level: Level(rawValue: UInt8(key >> 7 & 7)) ?? .none,
            status: Int(key >> 10 & 1023),
            latency: classes.latency(inClass: key & 127) ?? -1
        )
        starts.append(outcomes.count)
        for member in members {
            switch indicators[member].outcome(of: subject) {
            case nil: outcomes.append(0)
            case .good: outcomes.append(1)
            case .bad: outcomes.append(2)
            }
        }
        return starts[number]
    }

    private mutating func forget() {
        index.removeAll()
        starts.removeAll()
        outcomes.removeAll()
    }
}
