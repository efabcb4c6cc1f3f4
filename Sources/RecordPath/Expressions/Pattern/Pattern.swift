/// A pattern that is searched for in a text, in time proportional to the text and without allocation.
///
/// It matches where it is found anywhere; `^` and `$` bind it to the beginning and the end. Run as a set of
/// positions that moves over the text a byte at a time (Thompson, Glushkov): nothing is ever tried twice.
package struct Pattern: Sendable {
    /// By byte: the positions that take it.
    private let takers: [BitSet256]
    /// By position: those that may take the next byte.
    private let followers: [BitSet256]
    private let firstAtBegin: BitSet256
    private let firstLater: BitSet256
    /// Positions after which the pattern is found, wherever the text goes on.
    private let finals: BitSet256
    /// Positions after which it is found if the text ends.
    private let finalsAtEnd: BitSet256
    private let matchesAnywhere: Bool
    private let matchesAtBegin: Bool
    private let matchesAtEnd: Bool
    private let matchesNothing: Bool

    /// Reads a pattern; `base` is where it stands in the text that problems point into.
    package init(_ bytes: [UInt8], at base: Int = 0) throws(ExpressionProblem) {
        var parser = PatternParser(bytes, at: base)
        guard let graph = PatternGraph(try parser.parse()) else {
            throw ExpressionProblem(
                offset: base,
                problem: "the pattern has more than \(ExpressionLimits.patternPositions) places",
                advice: "shorten it or count less"
            )
        }
        self.init(graph)
    }

    private init(_ graph: PatternGraph) {
        takers = (0...UInt8.max).map { byte in
            var set = BitSet256()
            for (position, bytes) in graph.sets.enumerated() where bytes.contains(byte) {
                set.insert(UInt8(position))
            }
            return set
        }
        var finals = BitSet256()
        var finalsAtEnd = BitSet256()
        var followers: [BitSet256] = []
        for (position, next) in graph.next.enumerated() {
            let inside = graph.closure(from: next, atBegin: false, atEnd: false)
            followers.append(inside.positions)
            if inside.matches { finals.insert(UInt8(position)) }
            if graph.closure(from: next, atBegin: false, atEnd: true).matches { finalsAtEnd.insert(UInt8(position)) }
        }
        self.followers = followers
        self.finals = finals
        self.finalsAtEnd = finalsAtEnd
        let begin = graph.closure(from: graph.entry, atBegin: true, atEnd: false)
        let later = graph.closure(from: graph.entry, atBegin: false, atEnd: false)
        firstAtBegin = begin.positions
        firstLater = later.positions
        matchesAnywhere = later.matches
        matchesAtBegin = begin.matches
        matchesAtEnd = graph.closure(from: graph.entry, atBegin: false, atEnd: true).matches
        matchesNothing = graph.closure(from: graph.entry, atBegin: true, atEnd: true).matches
    }

    /// Whether it is found in the text.
    package func isFound(in text: UnsafeBufferPointer<UInt8>) -> Bool {
        if matchesAnywhere || matchesAtBegin { return true }
        if text.isEmpty { return matchesNothing }
        var active = BitSet256()
        var first = firstAtBegin
        for byte in text {
            active = after(active)
            active.formUnion(first)
            active.formIntersection(takers[Int(byte)])
            if active.intersects(finals) { return true }
            first = firstLater
            if active.isEmpty, first.isEmpty { return matchesAtEnd }
        }
        return matchesAtEnd || active.intersects(finalsAtEnd)
    }

    /// Whether it is found in the text.
    package func isFound(in text: String) -> Bool {
        Array(text.utf8).withUnsafeBufferPointer { isFound(in: $0) }
    }

    /// The positions that may follow those of a set.
    @inline(__always) private func after(_ set: BitSet256) -> BitSet256 {
        var result = BitSet256()
        for word in 0..<4 {
            var bits = set[word]
            while bits != 0 {
                result.formUnion(followers[word &* 64 &+ bits.trailingZeroBitCount])
                bits &= bits &- 1
            }
        }
        return result
    }
}
