import RecordPath
import Testing

@Suite struct LevelNameTests {
    static func level(_ text: String, _ scale: LevelScale = .plain) -> Level {
        withExactBytes(text) { LevelName.level($0, $1, scale: scale) }
    }

    @Test(arguments: [
        (Level.trace, "trace TRC Verbose VRB finest SILLY t"),
        (.debug, "debug DBG Debug FINE config D DEBUG1 debug5"),
        (.info, "info INFO Information INF notice informational success http Note LOG I"),
        (.warn, "warn WARNING WRN Warning W"),
        (.error, "error err ERR Error SEVERE E fail"),
        (.fatal, "fatal CRITICAL crit emerg emergency alert PANIC dpanic FTL F"),
    ]) func everySpellingIsKnown(expected: Level, names: String) {
        for name in names.split(separator: " ") { #expect(Self.level(String(name)) == expected, "\(name)") }
    }

    @Test(arguments: [
        ("[error]", Level.error), ("INFO:", .info), ("<warn>", .warn), ("ERROR+2", .error), ("DEBUG-4", .debug),
        ("\u{1B}[32minfo\u{1B}[39m", .info), ("\\u001b[1;31mERROR\\u001b[0m", .error), (" warn ", .warn),
        ("|INF|", .info),
    ]) func whatStandsAroundALevelIsLookedThrough(text: String, expected: Level) {
        #expect(Self.level(text) == expected)
    }

    @Test(arguments: [
        "", " ", "-", "high", "informative", "errors occurred", "INFO something", "0", "7", "3.5", "1234567", "10x",
        "warnin", "information desk", "e r", "\u{1B}[32m", "999", "70", "9", "level",
    ]) func whatIsNoLevelIsNone(text: String) {
        #expect(Self.level(text) == .none)
    }

    @Test(arguments: [
        (
            LevelScale.plain,
            [(10, Level.trace), (20, .debug), (30, .info), (35, .info), (40, .warn), (50, .error), (60, .fatal)]
        ),
        (
            .plain,
            [(100, .debug), (200, .info), (250, .info), (300, .warn), (400, .error), (500, .fatal), (600, .fatal)]
        ),
        (
            .syslog,
            [
                (0, .fatal), (1, .fatal), (2, .fatal), (3, .error), (4, .warn), (5, .info), (6, .info), (7, .debug),
                (8, .none),
            ]
        ),
        (
            .openTelemetry,
            [
                (0, .none), (1, .trace), (5, .debug), (9, .info), (12, .info), (13, .warn), (17, .error), (24, .fatal),
                (25, .none),
            ]
        ),
        (.python, [(10, .debug), (20, .info), (25, .info), (30, .warn), (40, .error), (50, .fatal)]),
        (
            .logback,
            [(5000, .trace), (10000, .debug), (20000, .info), (30000, .warn), (40000, .error), (50000, .fatal)]
        ),
    ]) func numbersAreReadOnTheScaleOfTheirKey(scale: LevelScale, expected: [(Int, Level)]) {
        for (number, level) in expected { #expect(Self.level("\(number)", scale) == level, "\(number) \(scale)") }
    }

    @Test func syslogNumbersAreNoLevelUnderAPlainKey() {
        for number in 0...9 { #expect(Self.level("\(number)") == .none) }
    }

    @Test func theTableAgreesWithALinearSearch() {
        let expected: [(Level, [String])] = [
            (.trace, ["trace", "trc", "verbose"]), (.debug, ["debug", "dbg"]), (.info, ["info", "information"]),
            (.warn, ["warn", "warning"]), (.error, ["error", "err"]), (.fatal, ["fatal", "critical", "panic"]),
        ]
        var source = InputSource(seed: 41)
        for _ in 0..<20_000 {
            let (level, names) = expected[source.below(expected.count)]
            let name = names[source.below(names.count)]
            let cased = String(name.map { source.below(2) == 0 ? Character($0.uppercased()) : $0 })
            #expect(Self.level(cased) == level)
            let bytes = source.mutated(Array(cased.utf8))
            _ = withExactBytes(bytes) { LevelName.level($0, $1, scale: .syslog) }
        }
    }

    @Test func hostileBytesNeverTrap() {
        var source = InputSource(seed: 42)
        for _ in 0..<50_000 {
            let bytes = source.bytes(upTo: 60)
            for scale in LevelScale.allCases { _ = withExactBytes(bytes) { LevelName.level($0, $1, scale: scale) } }
        }
    }
}
