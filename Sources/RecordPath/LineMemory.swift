/// What the lines of one stream have taught whoever reads them.
struct LineMemory: ~Copyable {
    fileprivate var shapes = ShapeCache()
    /// Of the parser's keys that the shapes are made of.
    fileprivate var generation: UInt32 = 0
    fileprivate var text = TextMemory()
    /// A private key whose lines are still coming.
    var keyBlock = KeyBlock()

    /// Forgets the shapes, which are learnt again from the next lines.
    mutating func forgetShapes() { shapes = ShapeCache() }
}

extension LineParser {
    /// Parses a line of the stream whose lines have left `memory`.
    @inline(__always) mutating func parse(
        _ line: LineView,
        memory: inout LineMemory,
        reference: Int64,
        learns: Bool = true
    ) {
        if memory.generation != generation {
            memory.shapes.removeAll()
            memory.generation = generation
        }
        parse(line, shapes: &memory.shapes, memory: &memory.text, reference: reference, learns: learns)
    }
}
