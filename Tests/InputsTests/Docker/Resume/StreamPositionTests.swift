import Inputs
import TestSupport
import Testing

@Suite("A stream's position")
struct StreamPositionTests {
    @Test("survives being written as text", arguments: 0..<50)
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let lines = (0..<Int.random(in: 0...20, using: &random)).map { _ in
            LineFingerprint(
                time: .random(in: 0...EngineTime.latest, using: &random),
                ordinal: .random(in: 0...9, using: &random),
                length: .random(in: .min ... .max, using: &random),
                hash: .random(in: .min ... .max, using: &random)
            )
        }
        let position = StreamPosition(
            floor: .random(in: 0...9, using: &random),
            resume: .random(in: 0...EngineTime.latest, using: &random),
            drained: .random(in: 0...9, using: &random),
            history: StreamHistory(lines)
        )
        #expect(StreamPosition(position.text) == position)
        #expect(position.history.lines == Array(lines.suffix(StreamHistory.linesMax)))
        #expect(position.text.utf8.count < 900)
    }

    @Test(
        "is not read from other text",
        arguments: [
            "", "1", "1 0 0", "2 0 0 0", "1 0 0 x! a.b.c.d", "1 0 0 0 1.2.3", "1 0 0 0 1.-2.3.4",
            "1 99999999999999999 0 0",
        ]
    )
    func refuses(text: String) { #expect(StreamPosition(text) == nil) }
}
