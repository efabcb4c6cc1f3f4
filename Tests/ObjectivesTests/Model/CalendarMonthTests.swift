import Objectives
import RecordPath
import Testing

@Suite struct CalendarMonthTests {
    @Test func `Every day of 400 years lies in its month`() {
        var day = -146_097 / 2
        while day < 146_097 {
            let time = Int64(day) * 86_400_000 + 43_200_000
            let date = CivilDate(secondsSince1970: time / 1_000 - (time % 1_000 < 0 ? 1 : 0))
            let bounds = CalendarMonth.bounds(of: time)
            let first = CivilDate(secondsSince1970: bounds.lowerBound / 1_000)
            let next = CivilDate(secondsSince1970: bounds.upperBound / 1_000)
            #expect(bounds.contains(time))
            #expect(first.year == date.year && first.month == date.month && first.day == 1 && first.hour == 0)
            #expect(next.day == 1 && next.month == date.month % 12 + 1)
            day += 7
        }
    }
}
