import Objectives
import Settings
import Testing

@Suite struct SLOConfigurationTests {
    private static let complete = """
        slos:
          - name: availability
            service: checkout
            objective: 99.9
            period: 30d
            sli: {bad: 'status >= 500', total: 'status > 0'}
            runbook: https://runbooks.example.com/checkout
            alert: {min_bad: 7, hold: {fast: 1m, slow: 2h}}
            labels: {team: payments}
          - name: latency
            service: "*"
            objective: 95
            calendar: month
            sli: {latency: {threshold: 300ms}}
          - name: crashes
            service: checkout
            objective: 99.99
            period: 7d
            sli: {bad: 'level == "fatal"'}
        """

    @Test func `Every key is read`() throws {
        let read = ReadSLOs.read(Self.complete)
        #expect(read.messages == [])
        #expect(read.slos.map(\.slothID) == ["checkout-availability", "*-latency", "checkout-crashes"])
        let first = try #require(read.slos.first)
        #expect(first.objective.description == "99.9" && first.budget.share == Fraction(1, 1_000))
        #expect(first.period == .standard && first.runbook == "https://runbooks.example.com/checkout")
        #expect(first.alert.minimumBad == 7)
        #expect(Tier.allCases.map { first.alert.hold($0) } == [60_000, 300_000, 7_200_000, 3_600_000])
        #expect(first.labels == [SLO.Label(name: "team", value: "payments")])
        #expect(first.counting == ["status >= 500", nil, "status > 0"])
        #expect(read.slos[1].period == .calendarMonth && read.slos[1].isForEveryService)
        #expect(read.slos[1].latencyThreshold == 300_000_000)
        #expect(read.slos[1].counting == ["latency > 300000000ns", "latency <= 300000000ns", "status > 0"])
        #expect(read.slos[2].period == .rolling(seconds: 7 * 86_400))
        #expect(read.slos[2].counting == ["level == \"fatal\"", nil, nil])
    }

    struct Mistake: Sendable, CustomTestStringConvertible {
        let item: String
        let message: String
        var testDescription: String { item }

        init(_ item: String, _ message: String) {
            self.item = item
            self.message = message
        }
    }

    private static let sound = "name: a, service: s, objective: 99, sli: {bad: 'status >= 500'}"

    @Test(
        "A mistake is reported at its place with what to write instead",
        arguments: [
            Mistake("service: s, objective: 99, sli: {bad: 'status > 1'}", "slos[0].name: is missing"),
            Mistake("name: -a, service: s, objective: 99, sli: {bad: 'status > 1'}", "is no name of an SLO"),
            Mistake("name: a, service: 's t', objective: 99, sli: {bad: 'status > 1'}", "is no name of a service"),
            Mistake("name: a, service: s, sli: {bad: 'status > 1'}", "slos[0].objective: is missing"),
            Mistake("name: a, service: s, objective: 100, sli: {bad: 'status > 1'}", "leaves no budget"),
            Mistake(
                "name: a, service: s, objective: 0.999, sli: {bad: 'status > 1'}",
                "write percent, 99.9 and not 0.999"
            ),
            Mistake("name: a, service: s, objective: 99", "slos[0].sli: is missing"),
            Mistake("name: a, service: s, objective: 99, sli: {total: 'status > 1'}", "says nothing about what is bad"),
            Mistake(
                "name: a, service: s, objective: 99, sli: {bad: \"status > '1'\"}",
                "slos[0].sli.bad: at character 10, status is a number, but `'1'` is not; compare it with a whole number"
            ),
            Mistake("name: a, service: s, objective: 99, sli: {bad: status > x}", "m.yaml:2:"),
            Mistake("name: a, service: s, objective: 99, sli: {latency: {}}", "has no threshold"),
            Mistake("name: a, service: s, objective: 99, sli: {latency: {threshold: 0s}}", "no request takes less"),
            Mistake(
                "name: a, service: s, objective: 99, sli: {latency: {threshold: 1s}, bad: 'status > 1'}",
                "stands beside `latency`"
            ),
            Mistake("\(sound), period: 90m", "is no period that can be kept"),
            Mistake("\(sound), period: 500d", "is no period that can be kept"),
            Mistake("\(sound), period: 30d, calendar: month", "stands beside `period`"),
            Mistake("\(sound), calendar: year", "write month"),
            Mistake("\(sound), runbook: wiki", "is no web address"),
            Mistake("\(sound), alert: {min_bad: 0}", "is too small"),
            Mistake("\(sound), alert: {hold: {quick: 1m}}", "slos[0].alert.hold.quick"),
            Mistake("\(sound), labels: {1a: x}", "is no label name"),
            Mistake("\(sound), labels: {severity: x}", "is set by the alerts themselves"),
            Mistake("\(sound), objectives: 5", "objectives"),
        ]
    )
    func mistakes(mistake: Mistake) {
        let read = ReadSLOs.read("slos:\n  - {\(mistake.item)}")
        #expect(read.messages.count == 1, "\(read.messages)")
        #expect(read.messages.first?.contains(mistake.message) == true, "\(read.messages)")
    }

    @Test func `A plain expression is pointed into`() {
        let read = ReadSLOs.read(
            "slos:\n  - name: a\n    service: s\n    objective: 99\n    sli:\n      bad: status >= x\n"
        )
        #expect(
            read.messages.first?.hasPrefix("m.yaml:6:22: slos[0].sli.bad: at character 11, ") == true,
            "\(read.messages)"
        )
    }

    @Test func `Two SLOs of one id are one too many`() {
        let read = ReadSLOs.read("slos:\n  - {\(Self.sound)}\n  - {\(Self.sound)}")
        #expect(read.slos.count == 1)
        #expect(read.messages.first?.contains("`s-a` stands at m.yaml:2:5 already") == true, "\(read.messages)")
    }

    @Test func `Files hold more of the same`() {
        let file = "slos:\n  - {\(Self.sound)}\n"
        let read = ReadSLOs.read("slo_files: ['*']", files: ["a.yaml": file, "b.yaml": "other: 1\n", "c.yaml": ""])
        #expect(read.slos.map(\.slothID) == ["s-a"])
        #expect(read.messages.count == 1 && read.messages.first?.contains("b.yaml:1:1") == true, "\(read.messages)")
        #expect(ReadSLOs.read("slo_files: [none.yaml]").messages.first?.contains("is no file") == true)
    }
}
