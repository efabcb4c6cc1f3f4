import Outputs
import Settings
import Testing

@Suite struct GzipCodecTests {
    @Test func `zlib always works`() {
        #expect(GzipCodec.zlib.works)
    }

    @Test func `a codec that this host has can be forced`() {
        for codec in GzipCodec.allCases where codec.works {
            #expect(GzipCodec.best(forced: codec.rawValue) == codec)
        }
    }

    @Test func `without a forced one, or with an unknown one, it is the first that works`() {
        let first = GzipCodec.allCases.first(where: \.works)
        #expect(GzipCodec.best() == first)
        #expect(GzipCodec.best(forced: "brotli") == first)
    }

    @Test(arguments: [
        (DeliveryOptions.Compression.auto, Compression.gzip(.libdeflate, level: 1)), (.none, .none),
        (.level(1), .gzip(.zlib, level: 1)), (.level(9), .gzip(.zlib, level: 9)),
    ])
    func `the compression setting says which codec and level`(
        _ setting: DeliveryOptions.Compression,
        _ expected: Compression
    ) {
        #expect(Compression(setting, best: .libdeflate) == expected)
    }
}
