/// The shapes of one stream, eight at most.
///
/// Learning is throttled: a shape is learnt at the second miss with one quote count, so a stream whose lines never
/// repeat costs little more than the walker alone.
struct ShapeCache: ~Copyable {
    static let maximumShapes = 8

    private var shapes = Pool<Shape>(capacity: maximumShapes)
    private var missedQuoteCount = -1
    private var replaceNext = 0

    /// The shape that the line has, if one fits; `starts` then holds its segments.
    @inline(__always) func match(
        _ line: LineView,
        starts: UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<Shape>? {
        for index in 0..<shapes.count {
            let shape = shapes.pointer(at: index)
            if shape.pointee.quoteCount != line.quoteCount { continue }
            if shape.pointee.matches(line, quotes: line.quotes, starts: starts) { return shape }
        }
        return nil
    }

    /// Notes that the walker had to parse a line, and learns its shape when it is time.
    @inline(never) mutating func miss(
        _ line: LineView,
        tape: borrowing FieldTape,
        keys: borrowing KeyTable,
        serial: UInt64
    ) {
        guard missedQuoteCount == line.quoteCount else {
            missedQuoteCount = line.quoteCount
            return
        }
        missedQuoteCount = -1
        guard let draft = ShapeDraft(line: line, tape: tape, keys: keys) else { return }
        if shapes.count < Self.maximumShapes {
            _ = shapes.append(Shape(draft, serial: serial))
        } else {
            shapes.pointer(at: replaceNext).pointee = Shape(draft, serial: serial)
            replaceNext = (replaceNext + 1) % Self.maximumShapes
        }
    }

    /// Forgets all shapes: their key numbers are no longer good.
    mutating func removeAll() {
        shapes.removeAll()
        missedQuoteCount = -1
        replaceNext = 0
    }
}
