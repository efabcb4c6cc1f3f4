/// Reads one HTTP/1.1 response to a GET: a pure state machine with a limit on everything.
///
/// Pull style, like `FrameDecoder`: hand in a chunk, ask for events until nil, go on with the next chunk.
package struct HTTPResponseParser: Sendable {
    /// What comes next.
    package enum Event {
        case head(HTTPResponseHead)
        /// Bytes of the body; part of the chunk that was handed in.
        case body(UnsafeBufferPointer<UInt8>)
        /// The response is over, as its framing says.
        case end
    }

    /// Why the bytes are no response.
    package enum Failure: Error, Equatable {
        case badStatusLine, badHeader, headTooLong, badLength, unknownCoding, badChunk, bytesAfterEnd
        /// The connection ended in the middle.
        case truncated
    }

    private static let headBytesMax = 64 * 1024
    private static let headersMax = 256
    private static let interimResponsesMax = 8

    private enum State {
        case head
        case sized(left: Int)
        case chunked
        case untilClose
        case done
    }

    private var state = State.head
    private var head: [UInt8] = []
    private var chunks = ChunkedBodyDecoder()
    private var interimResponses = 0

    /// Makes a parser that stands before the status line.
    package init() {}

    /// The next event, whose bytes are removed from `input`; nil: the input is used up.
    package mutating func next(_ input: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Event? {
        switch state {
        case .head: return try nextHead(&input)
        case .sized(let left): return nextSized(&input, left)
        case .chunked: return try nextChunked(&input)
        case .untilClose: return input.isEmpty ? nil : .body(Self.take(&input, input.count))
        case .done:
            guard input.isEmpty else { throw .bytesAfterEnd }
            return nil
        }
    }

    /// The connection has been closed by the engine; fine where a response ends with its connection.
    package func closed() throws(Failure) {
        switch state {
        case .untilClose, .done: return
        case .head, .sized, .chunked: throw .truncated
        }
    }

    private mutating func nextHead(_ input: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Event? {
        while let byte = input.first {
            head.append(byte)
            input = UnsafeBufferPointer(rebasing: input.dropFirst())
            guard head.count <= Self.headBytesMax else { throw .headTooLong }
            guard byte == 0x0A, head.count >= 4, head.suffix(4) == [0x0D, 0x0A, 0x0D, 0x0A] else { continue }
            let parsed = try Self.parse(head.dropLast(4))
            head = []
            guard parsed.status < 200 else {
                try begin(parsed)
                return .head(parsed)
            }
            interimResponses += 1
            guard interimResponses <= Self.interimResponsesMax, parsed.status != 101 else { throw .badStatusLine }
        }
        return nil
    }

    private mutating func nextSized(_ input: inout UnsafeBufferPointer<UInt8>, _ left: Int) -> Event? {
        guard left > 0 else {
            state = .done
            return .end
        }
        guard !input.isEmpty else { return nil }
        let taken = Self.take(&input, min(left, input.count))
        state = .sized(left: left - taken.count)
        return .body(taken)
    }

    private mutating func nextChunked(_ input: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Event? {
        do throws(ChunkedBodyDecoder.Failure) {
            switch try chunks.next(&input) {
            case .body(let bytes): return .body(bytes)
            case .end:
                state = .done
                return .end
            case nil: return nil
            }
        } catch {
            throw .badChunk
        }
    }

    private mutating func begin(_ head: HTTPResponseHead) throws(Failure) {
        let codings = head.values("transfer-encoding").map { $0.lowercased() }
        let lengths = Set(head.values("content-length"))
        if head.status == 204 || head.status == 304 {
            state = .sized(left: 0)
        } else if !codings.isEmpty {
            guard codings == ["chunked"] else { throw .unknownCoding }
            state = .chunked
        } else if let text = lengths.first {
            guard lengths.count == 1, text.utf8.allSatisfy({ (48...57).contains($0) }), let length = Int(text) else {
                throw .badLength
            }
            state = .sized(left: length)
        } else {
            state = .untilClose
        }
    }

    private static func take(_ input: inout UnsafeBufferPointer<UInt8>, _ count: Int) -> UnsafeBufferPointer<UInt8> {
        let taken = UnsafeBufferPointer(rebasing: input.prefix(count))
        input = UnsafeBufferPointer(rebasing: input.dropFirst(count))
        return taken
    }

    private static func parse(_ bytes: ArraySlice<UInt8>) throws(Failure) -> HTTPResponseHead {
        let lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false)
        guard let first = lines.first, lines.count <= headersMax + 1 else { throw .headTooLong }
        let headers = try lines.dropFirst().map { (line) throws(Failure) in try header(line) }
        return HTTPResponseHead(status: try status(first), headers: headers)
    }

    /// `HTTP/1.1 200 OK`.
    private static func status(_ line: ArraySlice<UInt8>) throws(Failure) -> Int {
        guard line.starts(with: Array("HTTP/1.".utf8)), line.count >= 12 else { throw .badStatusLine }
        let digits = line.dropFirst(9).prefix(3)
        guard line[line.startIndex + 8] == 0x20, digits.allSatisfy({ (48...57).contains($0) }) else {
            throw .badStatusLine
        }
        let status = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        guard status >= 100 else { throw .badStatusLine }
        return status
    }

    private static func header(_ line: ArraySlice<UInt8>) throws(Failure) -> HTTPResponseHead.Header {
        let line = line.last == 0x0D ? line.dropLast() : line
        guard let colon = line.firstIndex(of: UInt8(ascii: ":")), colon > line.startIndex else { throw .badHeader }
        let name = line[..<colon]
        guard name.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else { throw .badHeader }
        let value = line[(colon + 1)...].drop { $0 == 0x20 || $0 == 0x09 }
        let trimmed = value.reversed().drop { $0 == 0x20 || $0 == 0x09 }.reversed()
        return .init(
            name: String(decoding: name, as: UTF8.self).lowercased(),
            value: String(decoding: trimmed, as: UTF8.self)
        )
    }
}
