/// Something to announce about one tier of one SLO of one service.
package struct AlertEvent: Sendable, Equatable {
    package let slothID: String
    package let tier: Tier
    package let action: AlertState.Action

    /// Makes an event.
    package init(slothID: String, tier: Tier, action: AlertState.Action) {
        self.slothID = slothID
        self.tier = tier
        self.action = action
    }
}
