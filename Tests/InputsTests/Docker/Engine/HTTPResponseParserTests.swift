import Inputs
import TestSupport
import Testing

@Suite("A parser of HTTP responses")
struct HTTPResponseParserTests {
    private struct Response: Equatable {
        var status: Int?
        var body: [UInt8] = []
        var isComplete = false
    }

    private func parse(_ pieces: [[UInt8]], close: Bool = true) throws -> Response {
        var parser = HTTPResponseParser()
        var response = Response()
        for piece in pieces {
            try piece.withUnsafeBufferPointer { buffer in
                var chunk = buffer
                while let event = try parser.next(&chunk) {
                    switch event {
                    case .head(let head): response.status = head.status
                    case .body(let bytes): response.body += bytes
                    case .end: response.isComplete = true
                    }
                }
            }
        }
        if close { try parser.closed() }
        return response
    }

    private func parse(_ text: String) throws -> Response { try parse([Array(text.utf8)]) }

    @Test("reads a body of a stated length")
    func sized() throws {
        let response = try parse("HTTP/1.1 200 OK\r\nContent-Length: 5\r\nX: y\r\n\r\nhello")
        #expect(response == Response(status: 200, body: Array("hello".utf8), isComplete: true))
        #expect(try parse("HTTP/1.1 204 No Content\r\n\r\n") == Response(status: 204, isComplete: true))
        #expect(try parse("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n") == Response(status: 200, isComplete: true))
    }

    @Test("reads a body that ends with its connection")
    func untilClose() throws {
        #expect(try parse("HTTP/1.0 200 OK\r\n\r\nall") == Response(status: 200, body: Array("all".utf8)))
    }

    @Test("reads chunks with extensions and trailers, however the network cuts them", arguments: 0..<100)
    func chunked(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        var bytes = Array("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: Chunked\r\n\r\n".utf8)
        var body: [UInt8] = []
        for _ in 0..<Int.random(in: 0...20, using: &random) {
            let data = (0..<Int.random(in: 1...40, using: &random)).map { _ in UInt8.random(in: 10...14, using: &random)
            }
            let size = String(data.count, radix: 16, uppercase: Bool.random(using: &random))
            bytes += Array((size + (Bool.random(using: &random) ? ";a=b" : "") + "\r\n").utf8) + data + [13, 10]
            body += data
        }
        bytes += Array("0\r\n\(Bool.random(using: &random) ? "Trailer: x\r\n" : "")\r\n".utf8)
        let largest = [1, 2, 7, 5000].randomElement(using: &random) ?? 1
        let response = try parse(random.pieces(of: bytes, upTo: largest))
        #expect(response == Response(status: 200, body: body, isComplete: true))
    }

    @Test(
        "refuses what is no response",
        arguments: [
            ("HTTP/2 200 OK\r\n\r\n", .badStatusLine), ("SSH-2.0-OpenSSH\r\n\r\n", .badStatusLine),
            ("HTTP/1.1 2x0 OK\r\n\r\n", .badStatusLine), ("HTTP/1.1 200 OK\r\nno colon\r\n\r\n", .badHeader),
            ("HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n", .badLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", .badLength),
            ("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999999999\r\n\r\n", .badLength),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", .unknownCoding),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", .badChunk),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\n", .badChunk),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nab\r\n", .badChunk),
            ("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nab", .bytesAfterEnd),
            ("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nab", .truncated),
            ("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab", .truncated),
            ("HTTP/1.1 200 OK\r\n", .truncated), ("", .truncated),
        ] as [(String, HTTPResponseParser.Failure)]
    )
    func refuses(text: String, failure: HTTPResponseParser.Failure) {
        #expect(throws: failure) { try parse(text) }
    }

    @Test("gives up on heads and chunk lines without an end")
    func limits() {
        let header = [Array("HTTP/1.1 200 OK\r\nX: ".utf8), [UInt8](repeating: 97, count: 70_000)]
        #expect(throws: HTTPResponseParser.Failure.headTooLong) { try parse(header) }
        let head = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;".utf8)
        #expect(throws: HTTPResponseParser.Failure.badChunk) {
            try parse([head, [UInt8](repeating: 97, count: 70_000)])
        }
        let many = [Array("HTTP/1.1 200 OK\r\n".utf8)] + [[UInt8]](repeating: Array("a: b\r\n".utf8), count: 300)
        #expect(throws: HTTPResponseParser.Failure.headTooLong) { try parse(many + [[13, 10]]) }
    }

    @Test("never traps on damaged responses", arguments: 0..<300)
    func hostile(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var bytes = Array("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 7\r\n\r\n1a\r\n".utf8)
        bytes += [UInt8](repeating: 65, count: 26) + Array("\r\n0\r\n\r\n".utf8)
        for _ in 0..<Int.random(in: 1...6, using: &random) {
            bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: 0...255, using: &random)
        }
        let body = try? parse(random.pieces(of: bytes, upTo: 20)).body
        #expect((body ?? []).count <= bytes.count)
    }
}
