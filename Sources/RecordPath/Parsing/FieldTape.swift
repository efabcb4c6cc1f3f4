/// The fields of one line, in the order of their values; reused from line to line.
struct FieldTape: ~Copyable {
    // Invariant: `capacity` fields are allocated and initialised; the first `count` belong to the line.
    private(set) var base: UnsafeMutablePointer<Field>
    private(set) var count = 0
    private var capacity: Int
    /// Whether redaction must look at the fields: a sensitive key, or an array that was not taken apart.
    var needsLook = false

    init(capacity: Int = 256) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
        base.initialize(repeating: Field(key: 0, start: 0, end: 0, kind: .null), count: capacity)
    }

    deinit { base.deallocate() }

    /// The fields, valid until the tape changes.
    @inline(__always) var fields: UnsafeBufferPointer<Field> { UnsafeBufferPointer(start: base, count: count) }

    @inline(__always) mutating func removeAll() {
        count = 0
        needsLook = false
    }

    @inline(__always) mutating func append(_ field: Field) {
        next.pointee = field
        advance(field.kind, field.verdict)
    }

    /// Where the next field stands: to be written part by part, and counted by `advance`.
    ///
    /// A field that is put together elsewhere and copied makes the copy wait for its parts.
    var next: UnsafeMutablePointer<Field> {
        @inline(__always) mutating get {
            if count == capacity { grow() }
            return base + count
        }
    }

    /// Counts the field at `next`, which has this kind and verdict.
    @inline(__always) mutating func advance(_ kind: Field.Kind, _ verdict: UInt8) {
        count &+= 1
        if verdict >= KeyVerdict.sensitive.rawValue || kind == .array { needsLook = true }
    }

    /// Closes the object at `index`: everything appended after it is inside.
    @inline(__always) mutating func close(_ index: Int, end: Int) -> Bool {
        let inside = count &- index &- 1
        guard inside <= Int(UInt16.max) else { return false }
        base[index].descendants = UInt16(truncatingIfNeeded: inside)
        base[index].end = UInt32(truncatingIfNeeded: end)
        return true
    }

    /// Gives back what a line took that had more fields than `limit`.
    mutating func shrink(to limit: Int) { if capacity > limit { self = FieldTape() } }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Field>.allocate(capacity: capacity * 2)
        larger.initialize(repeating: Field(key: 0, start: 0, end: 0, kind: .null), count: capacity * 2)
        larger.update(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
