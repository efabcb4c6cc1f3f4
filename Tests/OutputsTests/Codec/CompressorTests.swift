import Outputs
import TestSupport
import Testing

@Suite struct CompressorTests {
    static let gzips: [Compression] =
        GzipCodec.allCases.filter(\.works).map { .gzip($0, level: 1) } + [
            .gzip(.zlib, level: 6), .gzip(.zlib, level: 9),
        ]

    static let samples: [[UInt8]] = [
        [], [0], Array("{\"a\":1}\n".utf8), [UInt8](repeating: 0x61, count: 3_000_000), noise(70_000), noise(1_500_000),
        Array(String(repeating: "{\"level\":\"info\",\"msg\":\"request done\",\"status\":200}\n", count: 20_000).utf8),
    ]

    static func noise(_ count: Int) -> [UInt8] {
        var state: UInt64 = 0x9E37_79B9_7F4A_7C15
        return (0..<count).map { _ in
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return UInt8(truncatingIfNeeded: state)
        }
    }

    @Test(arguments: gzips) func `every gzip codec gives back what it was given, text, noise and nothing`(
        _ compression: Compression
    ) throws {
        var compressor = try Compressor.needed(compression)
        for sample in Self.samples {
            let packed = try #require(compressor.compress(sample) as [UInt8]?)
            #expect(packed.prefix(3) == [0x1F, 0x8B, 0x08])
            #expect(Gunzip.expand(packed, limit: sample.count) == sample)
        }
    }

    @Test func `snappy gives back what it was given`() throws {
        var compressor = try Compressor.needed(.snappy)
        for sample in Self.samples {
            let packed = try #require(compressor.compress(sample) as [UInt8]?)
            #expect(Unsnappy.expand(packed, limit: sample.count) == sample)
        }
    }

    @Test func `members that follow each other are read as one text`() throws {
        var compressor = try Compressor.needed(.gzip(.best(), level: 1))
        let first = try #require(compressor.compress(Array("one\n".utf8)) as [UInt8]?)
        let second = try #require(compressor.compress(Array("two\n".utf8)) as [UInt8]?)
        #expect(Gunzip.expand(first + second, limit: 8) == Array("one\ntwo\n".utf8))
    }

    @Test func `a torn, damaged or too long body is refused`() throws {
        var gzip = try Compressor.needed(.gzip(.zlib, level: 6))
        var snappy = try Compressor.needed(.snappy)
        let text = Array(String(repeating: "hello ", count: 1000).utf8)
        let packed = try #require(gzip.compress(text) as [UInt8]?)
        for length in 0..<packed.count { #expect(Gunzip.expand(Array(packed.prefix(length)), limit: 10_000) == nil) }
        #expect(Gunzip.expand(packed, limit: text.count - 1) == nil)
        #expect(Gunzip.expand(packed + [1, 2, 3], limit: 10_000) == nil)
        let block = try #require(snappy.compress(text) as [UInt8]?)
        for length in 0..<block.count { #expect(Unsnappy.expand(Array(block.prefix(length)), limit: 10_000) == nil) }
        #expect(Unsnappy.expand(block, limit: text.count - 1) == nil)
        #expect(Unsnappy.expand([0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0], limit: 10_000) == nil)
    }

    @Test func `a level that a codec does not have makes no compressor`() {
        #expect(!Compressor.exists(.gzip(.zlib, level: 0)))
        #expect(!Compressor.exists(.gzip(.zlib, level: 10)))
        #expect(!Compressor.exists(.gzip(.igzip, level: 3)))
    }
}
