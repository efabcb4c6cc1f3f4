import Settings
import Testing

struct DurationTextTests {
    @Test(arguments: [
        ("500ms", Duration.milliseconds(500)), ("5s", .seconds(5)), ("10m", .seconds(600)), ("1h", .seconds(3_600)),
        ("30d", .seconds(30 * 86_400)), ("1h30m", .seconds(5_400)), ("2.5s", .milliseconds(2_500)),
        ("0.5ms", .microseconds(500)), ("250us", .microseconds(250)), ("250µs", .microseconds(250)),
        ("7ns", .nanoseconds(7)), ("0", .zero), ("0s", .zero), ("1d2h3m4s5ms", .milliseconds(93_784_005)),
        ("3660d", .seconds(3_660 * 86_400)),
    ])
    func `a number and a unit are a duration`(_ text: String, _ expected: Duration) {
        #expect(DurationText.parse(text) == expected)
    }

    @Test(arguments: [
        "", "5", "s", "-5s", "+5s", "5 s", "5S", "5sec", "1m1h", "1s1s", "1.5.2s", ".5s", "5.s", "0.5ns", "1e3s",
        "１s", "3661d", "99999999999999999999s", "9223372036854775807d", "1h30", "infinity",
    ])
    func `anything else is none`(_ text: String) {
        #expect(DurationText.parse(text) == nil)
    }

    @Test(arguments: ["500ms", "5s", "1h30m", "30d", "1d2h3m4s5ms6us7ns", "0s"])
    func `a duration is written as it is read`(_ text: String) throws {
        #expect(try DurationText.format(#require(DurationText.parse(text))) == text)
    }
}
