import Glibc
import Inputs
import TestSupport
import Testing

struct FrameTimeTests {
    private func parse(_ text: String) -> Int64? {
        Array(text.utf8).withUnsafeBufferPointer { FrameTime.parse($0) }
    }

    @Test func `decimals of any length count`() {
        #expect(parse("1970-01-01T00:00:00Z") == 0)
        #expect(parse("1970-01-01T00:00:01.5Z") == 1_500_000_000)
        #expect(parse("1970-01-01T00:00:00.000000001Z") == 1)
        #expect(parse("1970-01-01T00:00:00.0000000019Z") == 1)
        #expect(parse("1969-12-31T23:59:59.75z") == -250_000_000)
        #expect(parse("2024-02-29t12:00:00-05:30") == 1_709_227_800_000_000_000)
    }

    @Test(arguments: 0..<10) func `every second agrees with the C library`(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<200 {
            var seconds = Int.random(in: -9_000_000_000...9_000_000_000, using: &random)
            let expected = Int64(seconds)
            var parts = tm()
            gmtime_r(&seconds, &parts)
            var buffer = [CChar](repeating: 0, count: 64)
            let length = strftime(&buffer, buffer.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
            let text = String(decoding: buffer.prefix(length).map(UInt8.init(bitPattern:)), as: UTF8.self)
            #expect(parse(text) == expected * 1_000_000_000, "\(text)")
        }
    }
}
