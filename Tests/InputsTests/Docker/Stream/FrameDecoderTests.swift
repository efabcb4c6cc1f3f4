import Inputs
import TestSupport
import Testing

@Suite("A frame decoder")
struct FrameDecoderTests {
    private struct Frame: Equatable {
        var kind: UInt8
        var payload: [UInt8]
    }

    /// All frames of a stream that comes in these pieces.
    private func decode(_ pieces: [[UInt8]]) throws(FrameDecoder.Failure) -> [Frame] {
        var decoder = FrameDecoder()
        var frames: [Frame] = []
        for piece in pieces {
            try piece.withUnsafeBufferPointer { (buffer) throws(FrameDecoder.Failure) in
                var chunk = buffer
                while let frame = try decoder.next(&chunk) {
                    frames.append(Frame(kind: frame.kind.rawValue, payload: Array(frame.payload)))
                }
                #expect(chunk.isEmpty)
            }
        }
        return frames
    }

    @Test("finds the same frames however the network cuts the stream", arguments: 0..<60)
    func anyChunking(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let frames = (0..<Int.random(in: 0...80, using: &random)).map { _ in
            let length = [0, 1, 7, 8, 9, 300, 16_384].randomElement(using: &random) ?? 0
            // Payloads full of newlines, zeros and headers must not confuse it.
            return Frame(
                kind: UInt8.random(in: 0...3, using: &random),
                payload: (0..<length).map { _ in [0, 1, 2, 10, 34, 255].randomElement(using: &random) ?? 0 }
            )
        }
        let bytes = frames.flatMap { LogStreamBytes.frame($0.kind, $0.payload) }
        let largest = [1, 3, 8, 50, 4096, 1 << 20].randomElement(using: &random) ?? 1
        #expect(try decode(random.pieces(of: bytes, upTo: largest)) == frames)
    }

    @Test("refuses a frame of 4 GiB instead of waiting for it")
    func refusesHugeLength() {
        #expect(throws: FrameDecoder.Failure.tooLong(.max)) { try decode([[1, 0, 0, 0, 255, 255, 255, 255]]) }
        #expect(throws: FrameDecoder.Failure.tooLong(.max)) { try decode([[1, 0, 0, 0, 255], [255, 255, 255]]) }
    }

    @Test("takes a frame of the largest size and refuses one byte more")
    func limit() throws {
        let largest = [UInt8](repeating: 120, count: FrameDecoder.payloadBytesMax)
        #expect(try decode([LogStreamBytes.frame(1, largest)]).first?.payload.count == largest.count)
        #expect(throws: FrameDecoder.Failure.tooLong(UInt32(largest.count) + 1)) {
            try decode([LogStreamBytes.frame(1, largest + [1])])
        }
    }

    @Test("refuses what is not a frame: a terminal's stream, for one")
    func refusesOther() {
        #expect(throws: FrameDecoder.Failure.unknownKind(50)) { try decode([Array("2024-01-01T".utf8)]) }
        #expect(throws: FrameDecoder.Failure.paddingNotZero) { try decode([[1, 0, 7, 0, 0, 0, 0, 1, 65]]) }
    }

    @Test("never traps on any bytes", arguments: 0..<200)
    func hostile(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let bytes = (0..<400).map { _ in
            Bool.random(using: &random) ? UInt8.random(in: 0...3, using: &random) : .random(in: 0...255, using: &random)
        }
        let frames = try? decode(random.pieces(of: bytes, upTo: 40))
        #expect((frames ?? []).allSatisfy { $0.payload.count <= bytes.count })
    }
}
