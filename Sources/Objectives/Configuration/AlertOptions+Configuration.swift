import Settings

extension AlertOptions {
    /// A hold longer than this would outlive most incidents it tells of.
    private static let longestHold = Duration.seconds(7 * 86_400)

    /// Reads `alert`.
    package init(reading reader: ConfigurationReader) {
        let defaults = AlertOptions()
        let minimum = reader.integer("min_bad", default: Int(defaults.minimumBad), in: 1...1_000_000_000)
        let holds = reader.child("hold")
        var millis: [Tier: Int64] = [:]
        for tier in Tier.allCases {
            let standard = Duration.seconds(tier.standardHoldSeconds)
            let hold = holds.duration(tier.rawValue, default: standard, in: .zero...Self.longestHold)
            millis[tier] = hold.components.seconds * 1_000 + hold.components.attoseconds / 1_000_000_000_000_000
        }
        self.init(minimumBad: UInt64(minimum), holdMillis: millis)
    }
}
