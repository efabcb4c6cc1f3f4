/// The shapes of one stream, eight at most.
///
/// Learning is throttled, so that a stream whose lines never repeat costs little more than the walker alone: a shape
/// is learnt at the second miss with one quote count, and the longer what was learnt is of no use, the more misses
/// go by between two.
struct ShapeCache: ~Copyable {
    static let maximumShapes = 8

    private var shapes = Pool<Shape>(capacity: 1)
    private var missedQuoteCount = -1
    private var replaceNext = 0
    private var newest = -1
    /// Misses that go by before the next shape is learnt, and how many the last one cost.
    private var pause = 0
    private var penalty = 0
    private static let maximumPenalty = 4096

    /// The shape that the line has, if one fits; `starts` then holds its segments.
    @inline(__always) func match(
        _ line: LineView,
        starts: UnsafeMutablePointer<UInt32>
    ) -> UnsafeMutablePointer<Shape>? {
        for index in 0..<shapes.count {
            let shape = shapes.pointer(at: index)
            if shape.pointee.quoteCount != line.quoteCount { continue }
            if shape.pointee.matches(line, quotes: line.quotes, starts: starts) {
                shape.pointee.hits &+= 1
                return shape
            }
        }
        return nil
    }

    /// Notes that the walker had to parse a line, and learns its shape when it is time; how many bytes more are kept.
    @inline(never) mutating func miss(
        _ line: LineView,
        tape: borrowing FieldTape,
        keys: borrowing KeyTable,
        serial: UInt64
    ) -> Int {
        if pause > 0 {
            pause -= 1
            return 0
        }
        guard missedQuoteCount == line.quoteCount else {
            missedQuoteCount = line.quoteCount
            return 0
        }
        missedQuoteCount = -1
        if newest >= 0, shapes.pointer(at: newest).pointee.hits == 0 {
            penalty = min(max(penalty * 2, 4), Self.maximumPenalty)
        } else {
            penalty = 0
        }
        pause = penalty
        guard let draft = ShapeDraft(line: line, tape: tape, keys: keys) else { return 0 }
        let shape = Shape(draft, serial: serial)
        var bytes = shape.bytes
        if shapes.count < Self.maximumShapes {
            newest = shapes.append(shape)
        } else {
            newest = replaceNext
            bytes -= shapes.pointer(at: replaceNext).pointee.bytes
            shapes.pointer(at: replaceNext).pointee = shape
            replaceNext = (replaceNext + 1) % Self.maximumShapes
        }
        return bytes
    }

    /// Forgets all shapes: their key numbers are no longer good.
    mutating func removeAll() {
        shapes.removeAll()
        missedQuoteCount = -1
        replaceNext = 0
        newest = -1
        pause = 0
        penalty = 0
    }
}
