import RecordPath
import Testing

@Suite struct LatencyTests {
    static func nanoseconds(_ text: String, _ meaning: Meaning = .latency) -> Int64? {
        withExactBytes(text) { Latency.nanoseconds($0, $1, meaning: meaning) }
    }

    @Test(arguments: [
        ("12.3ms", 12_300_000), ("1m2.5s", 62_500_000_000), ("1.5h", 5_400_000_000_000), ("45µs", 45_000),
        ("45\u{3BC}s", 45_000), ("45us", 45_000), ("7ns", 7), ("1h2m3.000000004s", 3_723_000_000_004), ("0s", 0),
        ("3 seconds", 3_000_000_000), ("1h 30m", 5_400_000_000_000), ("250 ms", 250_000_000), ("2MS", 2_000_000),
        ("PT0.5S", 500_000_000), ("PT1H2M3S", 3_723_000_000_000), ("P1DT1S", 86_401_000_000_000),
        ("00:00:01.5000000", 1_500_000_000), ("1.02:03:04", 93_784_000_000_000), ("0:00:00.012345", 12_345_000),
        ("0.123456789s", 123_456_789), ("1d", 86_400_000_000_000),
    ]) func aUnitInTheTextWins(text: String, expected: Int64) {
        #expect(Self.nanoseconds(text) == expected)
        #expect(Self.nanoseconds(text, .latencyMillis) == expected)
    }

    @Test(arguments: [
        ("0.005", Meaning.latencySeconds, 5_000_000), ("12", .latencySeconds, 12_000_000_000),
        ("12.345678", .latencyMillis, 12_345_678), ("12", .latencyMicros, 12_000), ("12", .latencyNanos, 12),
        ("12.9", .latencyNanos, 12), ("1.5e-3", .latencySeconds, 1_500_000), ("1E3", .latencyMillis, 1_000_000_000),
        ("0.0000000001", .latencySeconds, 0), ("0.1", .latencySeconds, 100_000_000), ("0", .latencyMillis, 0),
        ("9223372036854775807", .latencyNanos, 9_223_372_036_854_775_807),
    ]) func elseTheUnitOfTheNameCounts(text: String, meaning: Meaning, expected: Int64) {
        #expect(Self.nanoseconds(text, meaning) == expected)
    }

    @Test(arguments: [
        ("152", 152_000_000, "Envoy, milliseconds"), ("1532000", 1_532_000, "Go, nanoseconds"),
        ("58.33", 58_330_000, "lograge, milliseconds"), ("0.002103208", 2_103_208, "Caddy, seconds"),
        ("1.25e-05", 12_500, "zap, seconds"), ("123.456789", 123_456_789, "zerolog, milliseconds"),
    ]) func elseTheFormOfTheNumberDecides(text: String, expected: Int64, producer: String) {
        #expect(Self.nanoseconds(text) == expected, "\(producer)")
    }

    @Test(arguments: [
        "", "-", "-1", "-5ms", "fast", "12 parsecs", "ms", "1m2", "99999999999999999999", "1e400", "PT", "P", "PTS",
        "12ms!", "1:2:3:4", "10:61:00", "9999999h", "\u{B5}s", "12ms 13",
    ]) func whatIsNoDurationIsNil(text: String) {
        #expect(Self.nanoseconds(text) == nil)
    }

    @Test func decimalsAgreeWithIntegerArithmetic() {
        var source = InputSource(seed: 51)
        for _ in 0..<50_000 {
            let nanos = Int64(source.below(1_000_000_000_000))
            let fraction = String(String(1_000_000_000 + nanos % 1_000_000_000).dropFirst())
            #expect(Self.nanoseconds("\(nanos / 1_000_000_000).\(fraction)", .latencySeconds) == nanos)
            #expect(Self.nanoseconds("\(nanos / 1_000_000_000).\(fraction)s") == nanos)
            #expect(Self.nanoseconds("\(nanos)ns") == nanos)
        }
    }

    @Test func hostileBytesGiveNoNegativeDuration() {
        var source = InputSource(seed: 52)
        let samples = ["1h2m3.5s", "12.3ms", "PT1H2M3S", "1.02:03:04", "1.5e-3", "45µs"].map { Array($0.utf8) }
        for round in 0..<150_000 {
            let bytes = round & 1 == 0 ? source.mutated(samples[source.below(samples.count)]) : source.bytes(upTo: 30)
            for meaning in [Meaning.latency, .latencySeconds, .latencyNanos] {
                let found = withExactBytes(bytes) { Latency.nanoseconds($0, $1, meaning: meaning) }
                #expect(found ?? 0 >= 0)
            }
        }
    }
}
