/// A pattern as a tree.
indirect enum PatternNode: Sendable {
    /// One byte of a set.
    case byte(BitSet256)
    /// The beginning of the text.
    case begin
    /// The end of the text.
    case end
    case sequence([PatternNode])
    case choice([PatternNode])
    /// From `min` to `max` times; without `max` any number of times.
    case repeated(PatternNode, min: Int, max: Int?)

    /// Any character but a newline, as UTF-8.
    static let anyCharacter: PatternNode = {
        var newline = BitSet256()
        newline.insert(0x0A)
        return character(newline.complement(in: 0x00...0x7F))
    }()

    /// An ASCII character of a set, or any character beyond ASCII.
    static func character(_ ascii: BitSet256) -> PatternNode {
        let next = PatternNode.byte(BitSet256(0x80...0xBF))
        return .choice([
            .byte(ascii),
            .sequence([.byte(BitSet256(0xC2...0xDF)), next]),
            .sequence([.byte(BitSet256(0xE0...0xEF)), next, next]),
            .sequence([.byte(BitSet256(0xF0...0xF4)), next, next, next]),
        ])
    }
}
