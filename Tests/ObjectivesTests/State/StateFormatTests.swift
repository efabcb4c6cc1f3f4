import Objectives
import TestSupport
import Testing

/// The bytes of docs/formats/slo-state.md.
@Suite struct StateFormatTests {
    @Test func `Numbers and texts come back as they were`() {
        var random = SeededGenerator(seed: 41)
        for _ in 0..<2_000 {
            let signed = Int64(truncatingIfNeeded: random.next() >> (random.next() % 64))
            let number = random.next() >> (random.next() % 64)
            var writer = StateWriter()
            writer.put(signed)
            writer.put(~signed)
            writer.put(number)
            writer.put("größe \(number)")
            var block = StateWriter()
            block.put(writer)
            var outer = StateReader(block.bytes)
            var reader = outer.block() ?? StateReader([])
            #expect(reader.signed() == signed)
            #expect(reader.signed() == ~signed)
            #expect(reader.unsigned() == number)
            #expect(reader.text() == "größe \(number)")
            #expect(reader.isAtEnd && outer.isAtEnd && reader.unsigned() == nil)
        }
    }

    @Test func `The format is that of version 1`() throws {
        let start: Int64 = 20_000 * 86_400_000
        let clock = SteadyClock(SteadyClock.Reading(wall: start, monotonic: 1_000, boot: 9))
        var board = ObjectiveBoard(SLOSet([try .sample(minimumBad: 1)]), clock: clock)
        board.advance(to: SteadyClock.Reading(wall: start + 60_000, monotonic: 61_000, boot: 9), isObserved: true)
        board.add(ObjectiveCount(slo: 0, service: "checkout", good: 300, bad: 50, time: start + 20_000))
        #expect(board.evaluate().map(\.tier) == [.fast, .medium])
        let hex = board.encoded().map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
        #expect(hex == Self.versionOne)
        let bytes = stride(from: 0, to: Self.versionOne.utf8.count, by: 2).compactMap { place in
            UInt8(String(Array(Self.versionOne)[place..<place + 2]), radix: 16)
        }
        let now = SteadyClock.Reading(wall: start + 60_000, monotonic: 61_000, boot: 9)
        let restored = ObjectiveBoard(board.set, restoring: bytes, now: now)
        #expect(restored?.readings == board.readings)
        #expect(restored?.trackers.first?.alert(.fast).isActive == true)
    }

    private static let versionOne =
        "01c0a9a3cdca64c0a9a3cdca6490b90709019a010c617661696c6162696c69747908636865636b6f757408636865636b6f75"
        + "74a78cafcfb08bed8172ac0232c0a9a3cdca6400e0c03ab0ea0104a8bcee6dec0100000001ac0232000100000001000000c0"
        + "a90701b2cabb1be702ac023200c0cf2401c082bf05e006ac023280d30e80bab70301e0c03ad005ac0232a088d80101c0a9a3"
        + "cdca64c0a9a3cdca6401c0a9a3cdca64c0a9a3cdca640000"
}
