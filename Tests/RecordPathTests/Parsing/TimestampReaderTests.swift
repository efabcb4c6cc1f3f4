import RecordPath
import Testing

@Suite struct TimestampReaderTests {
    /// 2023-06-15T12:00:00Z, what the source's clock shows.
    static let reference: Int64 = 1_686_830_400_000_000_000

    static func read(_ text: String, reference: Int64 = reference) -> Int64? {
        var reader = TimestampReader()
        return withExactBytes(text) { reader.read($0, $1, reference: reference) }
    }

    @Test(arguments: [
        ("2023-01-01T12:00:00Z", 1_672_574_400_000_000_000),
        ("2023-01-01T12:00:00.123456789Z", 1_672_574_400_123_456_789),
        ("2023-01-01T12:00:00.1234567899Z", 1_672_574_400_123_456_789),
        ("2023-01-01t12:00:00.5z", 1_672_574_400_500_000_000),
        ("2023-01-01T12:00:00+01:00", 1_672_570_800_000_000_000),
        ("2023-01-01T12:00:00.000-0730", 1_672_601_400_000_000_000),
        ("2023-01-01T12:00:00+01", 1_672_570_800_000_000_000),
        ("2023-01-01T12:00:00+01:00[Europe/Paris]", 1_672_570_800_000_000_000),
        ("2023-01-01 12:00:00,123", 1_672_574_400_123_000_000),
        ("2023-01-01 12:00:00", 1_672_574_400_000_000_000),
        ("2023-01-01 12:00", 1_672_574_400_000_000_000),
        ("2023-01-01 12:00:00.123 UTC", 1_672_574_400_123_000_000),
        ("2023-01-01 12:00:00.123 CET", 1_672_570_800_123_000_000),
        ("2023-01-01 12:00:00 +0000", 1_672_574_400_000_000_000),
        ("2023/01/01 12:00:00", 1_672_574_400_000_000_000),
        ("2023/01/01 12:00:00.000042", 1_672_574_400_000_042_000),
        ("20230101T120000Z", 1_672_574_400_000_000_000),
        ("2016-12-31T23:59:60Z", 1_483_228_800_000_000_000),
        ("  2023-01-01T12:00:00Z ", 1_672_574_400_000_000_000),
        ("[2023-01-01T12:00:00Z]", 1_672_574_400_000_000_000),
    ]) func rfc3339AndItsCousinsAreRead(text: String, expected: Int64) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("1700000000", 1_700_000_000_000_000_000),
        ("1700000000.123", 1_700_000_000_123_000_000),
        ("1.700000000123456e+09", 1_700_000_000_123_456_000),
        ("1700000000123", 1_700_000_000_123_000_000),
        ("1700000000123.5", 1_700_000_000_123_500_000),
        ("1700000000123456", 1_700_000_000_123_456_000),
        ("1700000000123456789", 1_700_000_000_123_456_789),
        ("1700000000.123456789", 1_700_000_000_123_456_789),
    ]) func epochsAreToldApartByMagnitude(text: String, expected: Int64) {
        #expect(Self.read(text) == expected)
    }

    @Test(arguments: [
        ("10/Oct/2000:13:55:36 -0700", 971_211_336_000_000_000),
        ("[10/Oct/2000:13:55:36 -0700]", 971_211_336_000_000_000),
        ("10/Oct/2000:13:55:36.250", 971_186_136_250_000_000),
        ("Mon, 02 Jan 2006 15:04:05 GMT", 1_136_214_245_000_000_000),
        ("Mon, 02 Jan 2006 15:04:05 -0700", 1_136_239_445_000_000_000),
        ("Mon Jan  2 15:04:05 2006", 1_136_214_245_000_000_000),
        ("Mon Jan  2 15:04:05 MST 2006", 1_136_239_445_000_000_000),
        ("[Fri Sep 09 10:42:29.902022 2011]", 1_315_564_949_902_022_000),
        ("2009/11/10 23:00:00", 1_257_894_000_000_000_000),
        ("01 Jan 2023 12:00:00.123", 1_672_574_400_123_000_000),
        ("Jan 02, 2023 3:04:05 PM", 1_672_671_845_000_000_000),
        ("Jan 2, 2023, 12:04:05\u{202F}AM", 1_672_617_845_000_000_000),
    ]) func textFormsAreRead(text: String, expected: Int64) {
        #expect(Self.read(text) == expected)
    }

    @Test func aFormWithoutAYearTakesTheLatestThatIsNotAhead() {
        #expect(Self.read("Jun 15 11:59:00") == Self.reference - 60 * 1_000_000_000)
        #expect(Self.read("I0615 11:59:00.000001") == Self.reference - 60 * 1_000_000_000 + 1000)
        // on New Year's Eve a line from tomorrow is next year's, and one from yesterday last year's
        let newYear: Int64 = 1_672_531_200_000_000_000
        #expect(Self.read("Jan  1 00:00:05", reference: newYear - 5_000_000_000) == newYear + 5_000_000_000)
        #expect(Self.read("Dec 31 23:59:55", reference: newYear + 5_000_000_000) == newYear - 5_000_000_000)
        #expect(Self.read("Feb 29 12:00:00", reference: newYear) == nil)
        // eight months ago rather than in four months
        #expect(Self.read("Mar  4 05:06:07", reference: 1_795_000_000_000_000_000) == 1_772_600_767_000_000_000)
    }

    @Test(arguments: [
        "", " ", "now", "2023", "2023-01-01", "12:00:00", "2023-13-01T00:00:00Z", "2023-02-29T00:00:00Z",
        "2023-01-01T24:00:00Z", "2023-01-01T12:60:00Z", "2023-01-01T12:00:61Z", "1969-12-31T23:59:59Z",
        "2262-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z", "2023-01-01T12:00:00X",
        "2023-01-01 12:00:00 IST", "2023-01-01T12:00:00+99:00", "0", "42", "-1700000000", "17.5",
        "99999999999999999999", "1e30", "9300000000000000000", "2023-01-01T12:00:00Zjunk", "Foo 12 12:00:00",
        "Jan 32 12:00:00", "1700000000abc",
    ]) func whatIsNoTimeInRangeIsNil(text: String) {
        #expect(Self.read(text) == nil)
    }

    @Test func aPrefixTellsItsLength() {
        var reader = TimestampReader()
        for (line, length) in [
            ("2023-01-01 12:00:00,123 INFO x", 23), ("2023-01-01 12:00:00.5 CET [1] LOG:", 25),
            ("Oct 11 22:14:15 host app[1]: x", 15), ("2023/01/01 12:00:00 [error] 1#1: x", 19),
            ("I0102 15:04:05.000000 1 a.go:1] x", 21), ("[Fri Sep 09 10:42:29.902022 2011] [core]", 33),
            ("2023-01-01 12:00:00 ERROR x", 19), ("2023-01-01 12:00:00 0 [Note] x", 19),
        ] {
            let found = withExactBytes(line) { reader.read(prefixOf: $0, $1, reference: Self.reference) }
            #expect(found?.length == length, "\(line)")
        }
    }

    @Test func theRememberedMinuteNeverChangesAResult() {
        var source = InputSource(seed: 31)
        var warm = TimestampReader()
        var hits = 0
        for _ in 0..<60_000 {
            let text = Self.randomStamp(&source)
            let bytes = source.below(8) == 0 ? source.mutated(Array(text.utf8)) : Array(text.utf8)
            withExactBytes(bytes) { base, count in
                let remembered = warm.read(base, count, reference: Self.reference)
                var cold = TimestampReader()
                #expect(remembered == cold.read(base, count, reference: Self.reference), "\(text)")
                if remembered != nil { hits += 1 }
            }
        }
        #expect(hits > 40_000)
    }

    @Test func everyDayOfTheRangeAgreesWithCountingDays() {
        var expected: Int64 = 0
        for year in 1970...2261 {
            let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
            for (index, length) in [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31].enumerated() {
                for day in 1...length {
                    let text = "\(year)-\(Self.two(index + 1))-\(Self.two(day))T00:00:00Z"
                    if Self.read(text) != expected { Issue.record("\(text)") }
                    expected += 86_400_000_000_000
                }
            }
        }
    }

    @Test func hostileBytesNeverLeaveTheRange() {
        var source = InputSource(seed: 32)
        var reader = TimestampReader()
        let samples = [
            "2023-01-01T12:00:00.123Z", "Mon, 02 Jan 2006 15:04:05 GMT", "Oct 11 22:14:15", "1700000000.123",
            "I0102 15:04:05.000000", "10/Oct/2000:13:55:36 -0700", "Jan 02, 2023 3:04:05 PM",
        ].map { Array($0.utf8) }
        for round in 0..<150_000 {
            let bytes = round & 1 == 0 ? source.mutated(samples[source.below(samples.count)]) : source.bytes(upTo: 40)
            withExactBytes(bytes) { base, count in
                if let time = reader.read(base, count, reference: Self.reference) {
                    #expect(time >= 0 && time < CivilTime.end)
                }
                if let found = reader.read(prefixOf: base, count, reference: Self.reference) {
                    #expect(found.length > 0 && found.length <= count)
                }
            }
        }
    }

    private static func two(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }

    /// Times of a few minutes, so that most share the last one's prefix.
    private static func randomStamp(_ source: inout InputSource) -> String {
        let minute = two(source.below(3))
        let second = two(source.below(62))
        let zones = ["Z", "Z", "", "+02:00", "-0330", "+01", " UTC", "z", "+25:00", " +0100", "Zx"]
        let digits = source.below(11)
        let fraction = (0..<digits).map { _ in "\(source.below(10))" }.joined()
        let point = digits == 0 && source.below(9) > 0 ? "" : source.below(5) == 0 ? "," : "."
        let separator = source.below(4) == 0 ? " " : "T"
        return "2023-01-0\(1 + source.below(2))\(separator)12:\(minute):\(second)\(point)\(fraction)"
            + zones[source.below(zones.count)]
    }
}
