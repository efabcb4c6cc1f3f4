import Objectives
import Testing

@Suite struct SteadyClockTests {
    private typealias Reading = SteadyClock.Reading
    private static let start: Int64 = 1_700_000_000_000
    private static let year: Int64 = 365 * 86_400_000

    @Test(arguments: [3_600_000, -3_600_000, 10 * year, -10 * year])
    func `A step of the wall clock does not move it`(step: Int64) {
        var clock = SteadyClock(Reading(wall: Self.start, monotonic: 5_000, boot: 1))
        clock.advance(to: Reading(wall: Self.start + 1_000 + step, monotonic: 6_000, boot: 1))
        #expect(clock.steady == Self.start + 1_000)
        // What happens now, by the new wall clock, is now.
        #expect(clock.steady(fromWall: Self.start + 1_000 + step) == clock.steady)
        #expect(clock.steady(fromWall: Self.start + step - 59_000) == clock.steady - 60_000)
        #expect(clock.wall(fromSteady: clock.steady) == Self.start + 1_000 + step)
    }

    @Test func `It goes on after a restart by what passed since boot, and after a reboot by the wall clock`() {
        var clock = SteadyClock(Reading(wall: Self.start, monotonic: 5_000, boot: 1))
        clock.advance(to: Reading(wall: Self.start - 9 * Self.year, monotonic: 65_000, boot: 1))
        #expect(clock.steady == Self.start + 60_000)
        clock.advance(to: Reading(wall: Self.start - 9 * Self.year + 120_000, monotonic: 1_000, boot: 2))
        #expect(clock.steady == Self.start + 180_000)
        clock.advance(to: Reading(wall: 0, monotonic: 500, boot: 3))
        #expect(clock.steady == Self.start + 180_000, "a clock that was set back tells nothing")
    }

    @Test func `Times beyond all reason are taken without a trap`() {
        var clock = SteadyClock(Reading(wall: .max, monotonic: .min, boot: 1))
        clock.advance(to: Reading(wall: .min, monotonic: .max, boot: 1))
        #expect(clock.steady(fromWall: .min) <= clock.steady)
        #expect(clock.steady(fromWall: .max) == clock.steady)
    }
}
