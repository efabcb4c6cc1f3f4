import Agent
import Logging
import Synchronization
import Testing

@Suite struct SelfLogTests {
    /// Keeps what was written, and a clock that the test sets.
    private final class Sink: Sendable {
        private let lines = Mutex<[String]>([])
        private let time = Mutex<Int64>(1_763_726_400_123_000_000)

        var text: String { lines.withLock { $0.joined() } }
        func advance(seconds: Int64) { time.withLock { $0 += seconds * 1_000_000_000 } }

        func log(
            _ limiter: LogLimiter = LogLimiter(),
            scrub: @escaping @Sendable (String) -> String = { $0 }
        ) -> SelfLog {
            SelfLog(
                limiter: limiter,
                now: { self.time.withLock { $0 } },
                scrub: scrub,
                write: { bytes in self.lines.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } }
            )
        }
    }

    @Test func aLineIsOneJSONObjectWithTimeLevelMessageAndFields() {
        let sink = Sink()
        let logger = sink.log().logger("martlet")
        logger.warning("input is down", metadata: ["input": "docker", "attempt": "3", "level": "x"])
        #expect(
            sink.text == #"{"time":"2025-11-21T12:00:00.123Z","level":"warn","msg":"input is down","#
                + #""attempt":"3","input":"docker","level_":"x"}"# + "\n"
        )
    }

    @Test(arguments: [
        (Logger.Level.trace, "trace"), (.debug, "debug"), (.info, "info"), (.notice, "info"), (.warning, "warn"),
        (.error, "error"), (.critical, "fatal"),
    ])
    func levelsBearOurNames(level: Logger.Level, name: String) {
        let sink = Sink()
        sink.log().logger("martlet", level: .trace).log(level: level, "x")
        #expect(sink.text.contains(#""level":"\#(name)","#))
    }

    @Test func whatIsBelowTheLevelIsNotWritten() {
        let sink = Sink()
        let logger = sink.log().logger("martlet", level: .warning)
        logger.info("x")
        logger.warning("y")
        #expect(sink.text.contains(#""msg":"y""#))
        #expect(!sink.text.contains(#""msg":"x""#))
    }

    @Test func aLineBreakInAFieldStaysInItsLine() {
        let sink = Sink()
        sink.log().logger("martlet").info("a\nb", metadata: ["x": "1\n\u{1}\"\\"])
        #expect(sink.text.hasSuffix(#""msg":"a\nb","x":"1\n\u0001\"\\"}"# + "\n"))
        #expect(sink.text.split(separator: "\n").count == 1)
    }

    @Test func aLongTextIsCutAtACharacter() {
        let sink = Sink()
        sink.log().logger("martlet").info("\(String(repeating: "ä", count: 5000))")
        #expect(sink.text.utf8.count < 2200)
        #expect(sink.text.hasSuffix("ä…\"}\n"))
    }

    @Test func repeatedLinesAreHeldBackAndCounted() {
        let sink = Sink()
        let logger = sink.log(LogLimiter(burst: 1, interval: 10_000_000_000)).logger("martlet")
        for attempt in 0..<4 { logger.error("no answer", metadata: ["attempt": "\(attempt)"]) }
        #expect(sink.text.split(separator: "\n").count == 1)
        sink.advance(seconds: 10)
        logger.error("no answer")
        #expect(sink.text.hasSuffix(#""level":"error","msg":"no answer","suppressed":3}"# + "\n"))
    }

    @Test func aMessageThatStopsComingIsStillAccountedFor() {
        let sink = Sink()
        let log = sink.log(LogLimiter(burst: 1, interval: 10_000_000_000))
        let logger = log.logger("martlet")
        for _ in 0..<4 { logger.error("no answer") }
        sink.advance(seconds: 11)
        logger.info("something else")
        #expect(sink.text.hasSuffix(#""level":"error","msg":"no answer","suppressed":3}"# + "\n"))
        logger.error("no answer")
        logger.error("no answer")
        log.flush()
        #expect(sink.text.hasSuffix(#""level":"error","msg":"no answer","suppressed":1}"# + "\n"))
        let before = sink.text
        log.flush()
        #expect(sink.text == before)
    }

    @Test func everyTextIsScrubbed() {
        let sink = Sink()
        let log = sink.log(scrub: { $0 == "a@b.example" ? "[email]" : $0 })
        log.logger("martlet").info("a@b.example", metadata: ["peer": "a@b.example"])
        #expect(sink.text.hasSuffix(#""msg":"[email]","peer":"[email]"}"# + "\n"))
    }

    @Test func anErrorOfAnEventIsAField() {
        struct Broken: Error, CustomStringConvertible { let description = "it broke" }
        let sink = Sink()
        sink.log().logger("martlet").error("failed", error: Broken())
        #expect(sink.text.hasSuffix(#""msg":"failed","error":"it broke"}"# + "\n"))
    }

    @Test func anotherPolicyHoldsFromThenOn() {
        let sink = Sink()
        let log = sink.log()
        log.scrub(by: { _ in "[nothing]" })
        log.logger("martlet").info("x", metadata: ["name": "a@b.example"])
        #expect(sink.text.contains(#""msg":"[nothing]","name":"[nothing]""#))
    }
}
