import Inputs
import TestSupport
import Testing

@Suite("The pipe between the journal reader and its parent")
struct JournalFrameTests {
    private struct Seen: Equatable {
        var kind: JournalFrame.Kind
        var payload: [UInt8]
    }

    /// Feeds bytes in pieces; the frames, and the error that ended it.
    private func decode(_ bytes: [UInt8], pieces: (Int) -> Int) -> (frames: [Seen], error: JournalProtocolError?) {
        var decoder = JournalFrameDecoder(capacity: 16)
        var seen: [Seen] = []
        var rest = bytes[...]
        do throws(JournalProtocolError) {
            while !rest.isEmpty {
                let wanted = max(1, pieces(rest.count))
                let count = decoder.fill { room in
                    let count = min(wanted, room.count, rest.count)
                    room.copyBytes(from: rest.prefix(count))
                    return count
                }
                rest = rest.dropFirst(count)
                while let frame = try decoder.next() {
                    seen.append(Seen(kind: frame.kind, payload: Array(frame.payload)))
                }
            }
            return (seen, nil)
        } catch {
            return (seen, error)
        }
    }

    @Test("gives the same frames however the bytes are cut")
    func cuts() {
        var random = SeededGenerator(seed: 3)
        let kinds: [JournalFrame.Kind] = [.entries, .tick, .position, .note, .gap]
        let sent = (0..<200).map { index in
            let length = index % 17 == 0 ? 70_000 : Int.random(in: 0...300, using: &random)
            let payload = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ index) }
            return Seen(kind: kinds[index % kinds.count], payload: payload)
        }
        let bytes = sent.flatMap { WireBytes.frame($0.kind, $0.payload) }
        let decoded = decode(bytes) { _ in Int.random(in: 1...40_000, using: &random) }
        #expect(decoded.error == nil)
        #expect(decoded.frames == sent)
    }

    @Test("says nothing of a frame that is not whole")
    func incomplete() {
        let bytes = WireBytes.frame(.note, Array("hello".utf8))
        for length in 0..<bytes.count {
            let decoded = decode(Array(bytes.prefix(length))) { $0 }
            #expect(decoded.frames.isEmpty)
            #expect(decoded.error == nil)
        }
    }

    @Test("refuses what no reader writes")
    func refuses() {
        let good = WireBytes.frame(.tick, [])
        for index in 4..<8 {
            var bytes = good
            bytes[index] = 0xFF
            #expect(decode(bytes) { $0 }.error == .badHeader)
        }
        let long = WireBytes.number(UInt64(JournalFrame.maximumPayload + 1), 4) + good.dropFirst(4)
        #expect(decode(long) { $0 }.error == .tooLong(JournalFrame.maximumPayload + 1))
    }

    @Test("brings entries as they were written")
    func entries() throws {
        let bytes =
            WireBytes.entry("one", cursor: "t=1", source: 3)
            + WireBytes.entry("", cursor: "t=2", partial: "p", flags: [.isCut, .isPart])
        try bytes.withUnsafeBytes { bytes in
            var walker = JournalEntryWalker(bytes)
            let first = try #require(try walker.next())
            #expect(String(decoding: first.message, as: UTF8.self) == "one")
            #expect(String(decoding: first.cursor, as: UTF8.self) == "t=1")
            #expect(first.source == 3)
            #expect(first.priority == 6)
            #expect(first.time == 123)
            #expect(first.identity == (7, 8))
            let second = try #require(try walker.next())
            #expect(second.message.isEmpty)
            #expect(String(decoding: second.partial, as: UTF8.self) == "p")
            #expect(second.flags == [.isCut, .isPart])
            let end = try walker.next()
            #expect(end == nil)
        }
    }

    @Test("brings descriptions as they were written")
    func sources() throws {
        let sent = [
            JournalSource(unit: "a.service", identifier: "a"),
            JournalSource(container: "c", containerID: "00", image: "i:1", isStderr: true),
        ]
        let bytes = WireBytes.source(0, sent[0]) + WireBytes.source(513, sent[1])
        let decoded = try bytes.withUnsafeBytes { try JournalSource.decode($0) }
        #expect(decoded.map(\.source) == sent)
        #expect(decoded.map(\.number) == [0, 513])
    }

    @Test("survives damaged payloads")
    func fuzz() {
        var random = SeededGenerator(seed: 5)
        let entries = (0..<4).flatMap { WireBytes.entry("message \($0)", cursor: "t=\($0)", partial: "p") }
        let sources = (0..<4).flatMap { WireBytes.source(UInt16($0), JournalSource(unit: "u\($0)", image: "i")) }
        for round in 0..<20_000 {
            var bytes = round % 2 == 0 ? entries : sources
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.removeLast(Int.random(in: 0..<bytes.count, using: &random))
            bytes.withUnsafeBytes { bytes in
                _ = try? JournalSource.decode(bytes)
                var walker = JournalEntryWalker(bytes)
                var total = 0
                while let entry = try? walker.next() {
                    total += JournalEntry.headerLength + entry.message.count + entry.cursor.count + entry.partial.count
                }
                #expect(total <= bytes.count)
            }
        }
    }
}
