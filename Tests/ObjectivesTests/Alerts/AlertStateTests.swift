import Objectives
import Testing

@Suite struct AlertStateTests {
    private static let hold: Int64 = 300_000

    private static func moment(_ second: Int64) -> Moment { Moment(wall: second * 1_000) }

    /// What an alert announces when it is told one condition every minute: `m`et, `n`ot met, `u`nknown.
    private static func actions(_ conditions: String, hold: Int64 = hold) -> [AlertState.Action?] {
        var alert = AlertState()
        return conditions.enumerated().map { minute, letter in
            let condition: AlertState.Condition = letter == "m" ? .met : letter == "n" ? .notMet : .unknown
            return alert.evaluate(condition, at: moment(Int64(minute) * 60), holdMillis: hold)
        }
    }

    @Test func `It fires at once and says once that it does`() {
        #expect(Self.actions("nmmm") == [nil, .fire(at: Self.moment(60)), nil, nil])
    }

    @Test func `It is over after the hold, since the moment at which the condition ended`() {
        let actions = Self.actions("mmnnnnnn")
        #expect(actions.dropLast().allSatisfy { $0 == nil || $0 == .fire(at: Self.moment(0)) })
        #expect(actions.last == .resolve(firedAt: Self.moment(0), endedAt: Self.moment(120)))
    }

    @Test func `A condition that comes back within the hold is the same alert`() {
        let actions = Self.actions("mnnmnnnnnn").compactMap(\.self)
        #expect(actions == [.fire(at: Self.moment(0)), .resolve(firedAt: Self.moment(0), endedAt: Self.moment(240))])
    }

    @Test func `Without a hold it is over at once`() {
        #expect(
            Self.actions("mn", hold: 0) == [
                .fire(at: Self.moment(0)), .resolve(firedAt: Self.moment(0), endedAt: Self.moment(60)),
            ]
        )
    }

    @Test func `What is unknown neither fires nor ends an alert`() {
        #expect(Self.actions("uuu").allSatisfy { $0 == nil })
        #expect(Self.actions("muuuuuuuuuu").compactMap(\.self) == [.fire(at: Self.moment(0))])
        #expect(Self.actions("mnuuuuuuuuuu").compactMap(\.self) == [.fire(at: Self.moment(0))])
    }
}
