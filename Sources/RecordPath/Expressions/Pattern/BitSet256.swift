/// A set of numbers from 0 to 255: bytes, or the positions of a pattern.
struct BitSet256: Equatable, Sendable {
    /// The four words, lowest numbers first.
    private(set) var words: (UInt64, UInt64, UInt64, UInt64) = (0, 0, 0, 0)

    init() {}

    /// The numbers of a range.
    init(_ range: ClosedRange<UInt8>) {
        for number in range { insert(number) }
    }

    @inline(__always) var isEmpty: Bool { words.0 | words.1 | words.2 | words.3 == 0 }

    @inline(__always) func contains(_ number: UInt8) -> Bool { self[Int(number >> 6)] >> UInt64(number & 63) & 1 != 0 }

    mutating func insert(_ number: UInt8) {
        let bit: UInt64 = 1 << UInt64(number & 63)
        switch number >> 6 {
        case 0: words.0 |= bit
        case 1: words.1 |= bit
        case 2: words.2 |= bit
        default: words.3 |= bit
        }
    }

    @inline(__always) mutating func formUnion(_ other: BitSet256) {
        words.0 |= other.words.0
        words.1 |= other.words.1
        words.2 |= other.words.2
        words.3 |= other.words.3
    }

    @inline(__always) mutating func formIntersection(_ other: BitSet256) {
        words.0 &= other.words.0
        words.1 &= other.words.1
        words.2 &= other.words.2
        words.3 &= other.words.3
    }

    @inline(__always) func intersects(_ other: BitSet256) -> Bool {
        (words.0 & other.words.0) | (words.1 & other.words.1) | (words.2 & other.words.2)
            | (words.3 & other.words.3) != 0
    }

    /// The numbers of `range` that are not in this set.
    func complement(in range: ClosedRange<UInt8>) -> BitSet256 {
        var result = BitSet256()
        for number in range where !contains(number) { result.insert(number) }
        return result
    }

    /// One of the four words.
    @inline(__always) subscript(word: Int) -> UInt64 {
        switch word {
        case 0: words.0
        case 1: words.1
        case 2: words.2
        default: words.3
        }
    }

    static func == (left: BitSet256, right: BitSet256) -> Bool { left.words == right.words }
}
