import Glibc
import Inputs
import TestSupport
import Testing

struct LineSplitterTests {
    struct Line: Equatable {
        var text: [UInt8]
        var offset: UInt64
        var isCut: Bool
    }

    /// The plainest way to do it.
    static func oracle(_ bytes: [UInt8], limit: Int) -> [Line] {
        var lines: [Line] = []
        var start = 0
        for end in bytes.indices where bytes[end] == 0x0A {
            lines.append(line(bytes[start..<end], start, limit))
            start = end + 1
        }
        if start < bytes.count { lines.append(line(bytes[start...], start, limit)) }
        return lines
    }

    private static func line(_ text: ArraySlice<UInt8>, _ start: Int, _ limit: Int) -> Line {
        Line(text: Array(text.prefix(limit)), offset: UInt64(start), isCut: text.count > limit)
    }

    /// Splits bytes that arrive in chunks of the given sizes, over and over.
    static func split(_ bytes: [UInt8], chunks: [Int], limit: Int, readBytes: Int) -> [Line] {
        var splitter = LineSplitter(maxLineBytes: limit, readBytes: readBytes)
        var lines: [Line] = []
        let keep = { (line: LineSplitter.Line) in
            lines.append(Line(text: Array(line.text), offset: line.offset, isCut: line.isCut))
        }
        var (at, turn) = (0, 0)
        while at < bytes.count {
            let room = splitter.room()
            let count = min(chunks[turn % chunks.count], room.count, bytes.count - at)
            room.copyBytes(from: bytes[at..<at + count])
            splitter.received(count, keep)
            at += count
            turn += 1
        }
        splitter.finish(keep)
        return lines
    }

    @Test func `lines come out whole with their offsets`() {
        let lines = Self.split(Array("one\n\nthree".utf8), chunks: [2], limit: 100, readBytes: 8)
        #expect(
            lines == [
                Line(text: Array("one".utf8), offset: 0, isCut: false), Line(text: [], offset: 4, isCut: false),
                Line(text: Array("three".utf8), offset: 5, isCut: false),
            ]
        )
    }

    @Test func `a line of exactly the limit is whole and one byte more is cut`() {
        let lines = Self.split(Array("12345678\n123456789\nx\n".utf8), chunks: [3], limit: 8, readBytes: 4)
        #expect(lines.map(\.isCut) == [false, true, false])
        #expect(lines.map(\.text.count) == [8, 8, 1])
        #expect(lines.map(\.offset) == [0, 9, 19])
    }

    @Test func `zero bytes and invalid UTF-8 stay as they are`() {
        let lines = Self.split([0, 0xFF, 0xFE, 0x0A, 0x0D, 0x0A], chunks: [1], limit: 8, readBytes: 1)
        #expect(lines.map(\.text) == [[0, 0xFF, 0xFE], [0x0D]])
    }

    @Test(arguments: 0..<40) func `any chunks give what one pass over everything gives`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<Int.random(in: 0...3_000, using: &random)).map { _ in
            Int.random(in: 0..<14, using: &random) == 0 ? 0x0A : UInt8.random(in: 0...255, using: &random)
        }
        let limit = Int.random(in: 1...60, using: &random)
        let readBytes = Int.random(in: 1...40, using: &random)
        let chunks = (0..<7).map { _ in Int.random(in: 1...50, using: &random) }
        #expect(
            Self.split(bytes, chunks: chunks, limit: limit, readBytes: readBytes) == Self.oracle(bytes, limit: limit)
        )
    }
}
