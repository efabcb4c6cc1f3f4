import Inputs
import TestSupport
import Testing

@Suite("The engine's time")
struct EngineTimeTests {
    private func prefix(_ text: String) -> EngineTime.Prefix? {
        Array(text.utf8).withUnsafeBufferPointer { EngineTime.prefix(of: $0) }
    }

    @Test("is read by position from what Docker writes")
    func docker() {
        let found = prefix("2024-02-29T23:59:58.123456789Z hello")
        #expect(found == .init(time: 1_709_251_198_123_456_789, length: 31))
        #expect(prefix("1970-01-01T00:00:00.000000000Z ") == .init(time: 0, length: 31))
    }

    @Test(
        "is read from what Podman writes",
        arguments: [
            ("2024-02-29T23:59:58Z hello", 1_709_251_198_000_000_000, 21),
            ("2024-02-29T23:59:58.5Z hello", 1_709_251_198_500_000_000, 23),
            ("2024-02-29T23:59:58.123456789+02:00 hello", 1_709_243_998_123_456_789, 36),
            ("2024-02-29T23:59:58.123456-00:30 hello", 1_709_252_998_123_456_000, 33),
        ]
    )
    func podman(text: String, time: Int64, length: Int) {
        #expect(prefix(text) == .init(time: time, length: length))
    }

    @Test(
        "is not seen where there is none",
        arguments: [
            "", "hello", "2024-02-29T23:59:58.123456789Z", "2024-13-29T23:59:58.123456789Z x",
            "2024-02-29 23:59:58.123456789Z x", "2024-02-29T24:59:58.123456789Z x", "2024-02-29T23:59:5a.123456789Z x",
            "2024-02-29T23:59:58.12345678xZ x", "2024-02-29T23:59:58.123+2:00 x", "2024-02-29T23:59:58.",
        ]
    )
    func none(text: String) { #expect(prefix(text) == nil) }

    @Test("is moved to the bounds of what a time can hold")
    func bounds() {
        #expect(EngineTime.parse("0001-01-01T00:00:00Z") == 0)
        #expect(EngineTime.parse("9999-12-31T23:59:59.999999999Z") == EngineTime.latest)
    }

    @Test("goes back to the engine as seconds with nine digits behind the point")
    func since() {
        #expect(EngineTime.since(1_709_251_198_000_000_789) == "1709251198.000000789")
        #expect(EngineTime.since(-5) == "0.000000000")
    }

    @Test("of any text never traps", arguments: 0..<200)
    func hostile(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array("2024-02-29T23:59:58.123456789+02:00 hello".utf8)
        for _ in 0..<3 { bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random) }
        let length = Int.random(in: 0...bytes.count, using: &random)
        let found = bytes.prefix(length).withUnsafeBufferPointer { EngineTime.prefix(of: $0) }
        #expect((found?.length ?? 0) <= length)
    }
}
