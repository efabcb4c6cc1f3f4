/// How to write `attributes` for the lines of one shape, worked out once: constant text and ranges of the line, in
/// turn.
///
/// Fields that follow each other in the line and all stay are one range, with the keys, commas and braces between
/// them. It holds for lines of which the record has consumed the same canonical fields, which have no backslash and
/// no control character, and are no longer than a leaf may be: then every string is sound and short.
///
/// Oracle: `AttributeWriter`, which writes the same from the tape (`DocumentPropertyTests`).
struct AttributeProgram: ~Copyable {
    /// A place in a line, as a distance from where a segment of the shape starts.
    struct Place: BitwiseCopyable {
        var segment: Int
        var offset: Int

        @inline(__always) func resolved(_ starts: UnsafePointer<UInt32>) -> Int { Int(starts[segment]) &+ offset }
    }

    /// Some constant text, then a range of the line.
    struct Step: BitwiseCopyable {
        var text: Int
        var textLength: Int
        var start: Place
        var end: Place
    }

    /// Longest constant text; programs that need more are not used.
    static let maximumTextBytes = 8 * 1024

    let serial: UInt64
    let consumed: UInt64
    /// False: lines of this shape need the writer.
    let isUsable: Bool
    // Invariant of the pointers: allocated with their counts in `init`, freed in `deinit`, never shared.
    private let steps: UnsafeMutablePointer<Step>
    private let stepCount: Int
    private let numbers: UnsafeMutablePointer<(start: Place, end: Place)>
    private let numberCount: Int
    private var text: Arena

    init(_ draft: consuming AttributeProgramDraft, serial: UInt64, consumed: UInt64) {
        self.serial = serial
        self.consumed = consumed
        isUsable = draft.isUsable && draft.text.count <= Self.maximumTextBytes
        stepCount = draft.steps.count
        steps = .allocate(capacity: max(stepCount, 1))
        steps.initialize(from: draft.steps, count: stepCount)
        numberCount = draft.numbers.count
        numbers = .allocate(capacity: max(numberCount, 1))
        numbers.initialize(from: draft.numbers, count: numberCount)
        text = Arena(capacity: 0)
        swap(&text, &draft.text)
    }

    /// What it takes, about.
    var bytes: Int { 160 + stepCount * MemoryLayout<Step>.stride + numberCount * 32 + text.capacity }

    deinit {
        steps.deallocate()
        numbers.deallocate()
    }

    /// Whether all values without quotes are short enough to stay numbers.
    @inline(__always) func takesNumbers(_ starts: UnsafePointer<UInt32>) -> Bool {
        for index in 0..<numberCount {
            let number = numbers[index]
            let count = number.end.resolved(starts) &- number.start.resolved(starts)
            if count > AttributeWriter.maximumNumberBytes { return false }
        }
        return true
    }

    /// Writes `,"attributes":{…}`, or nothing where no field stays.
    @inline(__always) func write(_ line: UnsafePointer<UInt8>, _ starts: UnsafePointer<UInt32>, to pen: inout Pen) {
        let constants = UnsafePointer(text.base)
        for index in 0..<stepCount {
            let step = steps[index]
            pen.put(constants + step.text, step.textLength)
            let start = step.start.resolved(starts)
            pen.put(line + start, step.end.resolved(starts) &- start)
        }
    }
}
