import Outputs
import TestSupport
import Testing

@Suite struct GzipStreamTests {
    @Test("Pieces of any size become one gzip member of all of them", arguments: GzipCodec.allCases)
    func pieces(codec: GzipCodec) throws {
        var random = SeededGenerator(seed: 8)
        for sizes in [[0], [1], [0, 0, 7], [200_000, 1, 0, 70_000], Array(repeating: 130_000, count: 20)] {
            let stream = try #require(GzipStream(codec))
            var whole: [UInt8] = []
            var packed: [UInt8] = []
            for (index, size) in sizes.enumerated() {
                // Text that repeats, with noise in it.
                let piece = (0..<size).map {
                    $0 % 97 == 0 ? UInt8.random(in: 0...255, using: &random) : UInt8($0 % 61 + 48)
                }
                whole += piece
                packed += try #require(stream.add(piece, isLast: index == sizes.count - 1))
            }
            #expect(Gunzip.expand(packed, limit: 8 << 20) == whole)
            // What is behind the first member would be lost to readers that take one only.
            #expect(
                packed.count < 100 || packed.dropFirst(2).firstRange(of: [0x1F, 0x8B, 0x08, 0x00, 0, 0, 0, 0]) == nil
            )
        }
    }
}
