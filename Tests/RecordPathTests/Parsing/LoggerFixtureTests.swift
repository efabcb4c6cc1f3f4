import Foundation
import RecordPath
import Testing

/// What real loggers print comes out as canonical fields.
///
/// To look at a change of the expectations, run with `MARTLET_WRITE_FIXTURES=1` and read the difference.
@Suite struct LoggerFixtureTests {
    @Test(arguments: LoggerFixture.all) func aLoggersRecordsHaveTheirCanonicalFields(fixture: LoggerFixture) throws {
        var reader = CanonicalReader()
        let found = try fixture.records().map { reader.read($0) }
        if ProcessInfo.processInfo.environment["MARTLET_WRITE_FIXTURES"] != nil { try fixture.write(found) }
        let expected = try fixture.expected
        for (index, record) in found.enumerated() where index < expected.records.count {
            #expect(record == expected.records[index], "record \(index + 1)")
        }
        #expect(found.count == expected.records.count)
    }

    @Test(arguments: LoggerFixture.all) func noLineIsLostAndEachFileSaysHowItWasMade(fixture: LoggerFixture) throws {
        let lines = try fixture.lines
        #expect(try Array(fixture.records().joined(separator: [0x0A])) == Array(lines.joined(separator: [0x0A])))
        let made = try fixture.expected.made
        #expect(made.hasPrefix(#"{"made":"run"#) || made.hasPrefix(#"{"made":"documentation"#), "\(made)")
    }

    @Test func thereAreEnoughOfThem() throws {
        #expect(LoggerFixture.all.count >= 40)
        let run = try LoggerFixture.all.filter { try $0.expected.made.hasPrefix(#"{"made":"run"#) }
        #expect(run.count >= 40)
    }
}
