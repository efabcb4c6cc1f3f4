/// Takes the chunked transfer coding off a body, byte by byte where it must, without copying the data.
package struct ChunkedBodyDecoder: Sendable {
    /// What comes next.
    package enum Event {
        /// Bytes of the body; part of the chunk that was handed in.
        case body(UnsafeBufferPointer<UInt8>)
        case end
    }

    /// The input is not in this coding.
    package struct Failure: Error, Equatable {}

    private static let lineBytesMax = 4096
    private static let trailerBytesMax = 16 * 1024

    private enum State {
        case size(value: UInt64, digits: Int)
        case sizeExtension
        case sizeNewline
        case data(left: UInt64)
        case dataReturn
        case dataNewline
        /// In the trailer; the length of its current line.
        case trailer(lineBytes: Int)
        case trailerNewline(lineBytes: Int)
        case done
    }

    private var state = State.size(value: 0, digits: 0)
    private var size: UInt64 = 0
    private var lineBytes = 0
    private var trailerBytes = 0

    /// Makes a decoder that stands before the first chunk.
    package init() {}

    /// The next event, whose bytes are removed from `input`; nil: the input is used up.
    package mutating func next(_ input: inout UnsafeBufferPointer<UInt8>) throws(Failure) -> Event? {
        while true {
            if case .done = state { return .end }
            guard let byte = input.first else { return nil }
            if case .data(let left) = state {
                let taken = UnsafeBufferPointer(rebasing: input.prefix(Int(min(left, UInt64(input.count)))))
                input = UnsafeBufferPointer(rebasing: input.dropFirst(taken.count))
                let rest = left - UInt64(taken.count)
                state = rest == 0 ? .dataReturn : .data(left: rest)
                return .body(taken)
            }
            input = UnsafeBufferPointer(rebasing: input.dropFirst())
            try step(byte)
        }
    }

    private mutating func step(_ byte: UInt8) throws(Failure) {
        switch state {
        case .size(let value, let digits): try stepSize(byte, value, digits)
        case .sizeExtension:
            lineBytes += 1
            guard lineBytes <= Self.lineBytesMax else { throw Failure() }
            if byte == 0x0D { state = .sizeNewline }
        case .sizeNewline:
            guard byte == 0x0A else { throw Failure() }
            state = size == 0 ? .trailer(lineBytes: 0) : .data(left: size)
        case .dataReturn:
            guard byte == 0x0D else { throw Failure() }
            state = .dataNewline
        case .dataNewline:
            guard byte == 0x0A else { throw Failure() }
            state = .size(value: 0, digits: 0)
        case .trailer(let length):
            trailerBytes += 1
            guard trailerBytes <= Self.trailerBytesMax else { throw Failure() }
            state = byte == 0x0D ? .trailerNewline(lineBytes: length) : .trailer(lineBytes: length + 1)
        case .trailerNewline(let length):
            guard byte == 0x0A else { throw Failure() }
            state = length == 0 ? .done : .trailer(lineBytes: 0)
        case .data, .done: break
        }
    }

    private mutating func stepSize(_ byte: UInt8, _ value: UInt64, _ digits: Int) throws(Failure) {
        if let digit = Self.hexadecimal(byte) {
            // 15 digits stay far from overflow.
            guard digits < 15 else { throw Failure() }
            state = .size(value: value << 4 | digit, digits: digits + 1)
            return
        }
        guard digits > 0 else { throw Failure() }
        size = value
        lineBytes = 0
        switch byte {
        case 0x0D: state = .sizeNewline
        case UInt8(ascii: ";"), UInt8(ascii: " "), 0x09: state = .sizeExtension
        default: throw Failure()
        }
    }

    private static func hexadecimal(_ byte: UInt8) -> UInt64? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt64(byte - UInt8(ascii: "0"))
        case UInt8(ascii: "a")...UInt8(ascii: "f"): UInt64(byte - UInt8(ascii: "a") + 10)
        case UInt8(ascii: "A")...UInt8(ascii: "F"): UInt64(byte - UInt8(ascii: "A") + 10)
        default: nil
        }
    }
}
