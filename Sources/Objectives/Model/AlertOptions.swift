/// When the alerts of an SLO speak.
package struct AlertOptions: Sendable, Equatable {
    /// Bad events that the long window needs at least: a quiet service does not page for one.
    package var minimumBad: UInt64
    /// Milliseconds that each tier stays after its condition has ended.
    package var holdMillis: [Tier: Int64]
    /// Tiers that the configuration turned off.
    package var disabled: Set<Tier> = []

    /// Makes options; tiers without a hold have their standard one.
    package init(minimumBad: UInt64 = 5, holdMillis: [Tier: Int64] = [:]) {
        self.minimumBad = minimumBad
        self.holdMillis = holdMillis
    }

    /// How long a tier stays after its condition has ended.
    package func hold(_ tier: Tier) -> Int64 { holdMillis[tier] ?? tier.standardHoldSeconds * 1_000 }
}
