import Inputs
import Testing

@Suite("The journal reader's arguments")
struct JournalReaderArgumentsTests {
    @Test("come out as they went in")
    func roundTrip() throws {
        var options = JournalOptions(
            units: ["a.service", "--once"],
            matches: ["A=b c", "B="],
            priority: .notice,
            source: .directory("/x y"),
            start: .beginning
        )
        var own = OwnLog()
        own.unit = "martlet.service"
        own.process = 77
        own.name = "martlet"
        for source: JournalOptions.Source in [.local, .directory("/x y"), .namespace("n")] {
            options.source = source
            var arguments = JournalReaderArguments(options: options, begin: JournalCursor(time: 99))
            arguments.isInclusive = true
            arguments.once = true
            arguments.own = own
            arguments.skipMicroseconds = 5
            arguments.sweepMilliseconds = 12
            arguments.library = "/lib/x.so"
            #expect(JournalReaderArguments(words: arguments.words) == arguments)
        }
    }

    @Test(
        "are refused when they are not ours",
        arguments: [["--begin"], ["--begin", "x"], ["--priority", "x"], ["--what", "x"], ["x"], ["--skip", "-1"]]
    )
    func refuses(_ words: [String]) {
        #expect(JournalReaderArguments(words: words) == nil)
    }
}
