import Inputs
import TestSupport
import Testing

struct CRIFrameTests {
    struct Decoded: Equatable {
        var time: Int64?
        var isError: Bool
        var isPartial: Bool
        var text: String
    }

    static func decode(_ line: String) -> Decoded? {
        Array(line.utf8).withUnsafeBufferPointer { bytes in
            CRIFrame.decode(bytes).map {
                Decoded(
                    time: $0.time,
                    isError: $0.isError,
                    isPartial: $0.isPartial,
                    text: String(decoding: $0.text, as: UTF8.self)
                )
            }
        }
    }

    @Test func `a full line gives time, stream and text`() {
        #expect(
            Self.decode("2016-10-06T00:17:09.669794202Z stdout F a b ")
                == Decoded(time: 1_475_713_029_669_794_202, isError: false, isPartial: false, text: "a b ")
        )
        #expect(
            Self.decode("2016-10-06T02:17:09.5+02:00 stderr P part")
                == Decoded(time: 1_475_713_029_500_000_000, isError: true, isPartial: true, text: "part")
        )
    }

    @Test func `an empty text and further tags are fine`() {
        #expect(Self.decode("2016-10-06T00:17:09Z stdout F")?.text == "")
        #expect(Self.decode("2016-10-06T00:17:09Z stdout F ")?.text == "")
        #expect(Self.decode("2016-10-06T00:17:09Z stdout P:x y")?.text == "y")
    }

    @Test(arguments: [
        "", " ", "   ", "hello", "2016-10-06T00:17:09Z", "2016-10-06T00:17:09Z stdout",
        "2016-10-06T00:17:09Z stdin F x",
        "2016-10-06T00:17:09Z stdout X x", "2016-10-06T00:17:09Z stdout FF x", "2016-13-06T00:17:09Z stdout F x",
        "2016-10-06 00:17:09Z stdout F x", "2016-10-06T00:17:09 stdout F x", "2016-10-06T00:17:09Z  stdout F x",
        "9999-12-31T23:59:59Z stdout F x", "2016-10-06T00:17:09.Zx stdout F x",
    ])
    func `what is not framed like this is not decoded`(line: String) { #expect(Self.decode(line) == nil) }

    @Test(arguments: 0..<20) func `no damage makes it trap`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let good = Array("2016-10-06T00:17:09.669794202+01:00 stdout P:a some text".utf8)
        for _ in 0..<500 {
            var bytes = Array(good.prefix(Int.random(in: 0...good.count, using: &random)))
            for _ in 0..<Int.random(in: 0...3, using: &random) where !bytes.isEmpty {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8.random(in: 0...255, using: &random)
            }
            bytes.withUnsafeBufferPointer { line in
                if let framed = CRIFrame.decode(line) { #expect(framed.text.count < line.count) }
            }
        }
    }
}
