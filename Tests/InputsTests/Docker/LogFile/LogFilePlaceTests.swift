import Inputs
import Testing

@Suite("The place in a log file")
struct LogFilePlaceTests {
    private let place = LogFilePlace(
        number: FileNumber(device: 7, inode: .max),
        fingerprint: FileFingerprint(length: 1_024, hash: 0xfeed),
        offset: 123_456_789_012
    )
    private let last = LineFingerprint(time: -5, ordinal: 3, length: 9, hash: .max)

    @Test("comes back from its text, behind the same line only")
    func roundTrip() {
        for line in [last, nil] {
            #expect(LogFilePlace(place.text(after: line), after: line) == place)
        }
        var other = last
        other.ordinal += 1
        #expect(LogFilePlace(place.text(after: last), after: other) == nil)
        #expect(LogFilePlace(place.text(after: last), after: nil) == nil)
    }

    @Test(
        "is none in any other text",
        arguments: ["", "1", "2 1 1 1 1 1 0 0 0", "1 1 1 1 1 1 0 0", "1 1 1 zzz 1 1 0 0 0", "1 1 1 1 1 -1 0 0 0"]
    )
    func noPlace(text: String) {
        #expect(LogFilePlace(text, after: nil) == nil)
    }
}
