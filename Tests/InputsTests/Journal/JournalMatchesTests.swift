import Inputs
import Testing

@Suite("The journal's filter")
struct JournalMatchesTests {
    @Test("is empty when everything is wanted")
    func wantsEverything() {
        #expect(JournalMatches.steps(for: JournalOptions()).isEmpty)
    }

    @Test("takes what a unit printed and what trusted daemons said of it")
    func filtersUnits() {
        let steps = JournalMatches.steps(for: JournalOptions(units: ["a.service"]))
        #expect(
            steps == [
                .match("_SYSTEMD_UNIT=a.service"), .or,
                .match("MESSAGE_ID=fc2e22bc6ee647b6b90729ab34a250b1"), .match("_UID=0"),
                .match("COREDUMP_UNIT=a.service"), .or,
                .match("_PID=1"), .match("UNIT=a.service"), .or,
                .match("_UID=0"), .match("OBJECT_SYSTEMD_UNIT=a.service"),
            ]
        )
    }

    @Test("takes what the units of a slice printed")
    func filtersSlices() {
        let steps = JournalMatches.steps(for: JournalOptions(units: ["a.slice"]))
        #expect(steps.suffix(2) == [.or, .match("_SYSTEMD_SLICE=a.slice")])
    }

    @Test("takes a priority and everything more severe")
    func filtersPriority() {
        let steps = JournalMatches.steps(for: JournalOptions(priority: .crit))
        #expect(steps == [.match("PRIORITY=0"), .match("PRIORITY=1"), .match("PRIORITY=2")])
    }

    @Test("wants units, matches and priority all to hold")
    func joinsGroups() {
        let options = JournalOptions(units: ["a.service"], matches: ["_TRANSPORT=stdout"], priority: .emerg)
        let steps = JournalMatches.steps(for: options)
        #expect(steps.suffix(4) == [.and, .match("_TRANSPORT=stdout"), .and, .match("PRIORITY=0")])
        #expect(steps.filter { $0 == .and }.count == 2)
    }
}
