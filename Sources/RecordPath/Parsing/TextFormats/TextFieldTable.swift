/// What was found in one line of text: at most one field of each meaning, the first one found.
///
/// Invariant of the storage: one entry for each `Meaning`, owned by this value alone.
package struct TextFieldTable: ~Copyable {
    private let storage: UnsafeMutablePointer<TextField>
    private static let capacity = Meaning.allCases.count

    /// How many fields there are.
    package private(set) var count = 0
    /// A bit for each meaning that is there.
    package private(set) var present: UInt64 = 0
    /// The line's own time in nanoseconds since 1970, as the `timestamp` field says it.
    package var time: Int64?
    /// The line's level, also where only a mark or a number stands for it.
    package var level = Level.none
    /// Where the message stands.
    package var message: Range<Int> = 0..<0
    /// Where a JSON object begins that reaches to the end of the line; its fields add to these.
    package var embeddedJSON: Int?

    /// The fields are those of pairs behind a wrapper's prefix, time and level among them.
    package var hasPairs = false
    /// Bytes that a wrapper put before the line; 0: none.
    package var prefix = 0

    /// Makes an empty table.
    package init() {
        storage = .allocate(capacity: Self.capacity)
        storage.initialize(repeating: TextField(meaning: .other, start: 0, end: 0), count: Self.capacity)
    }

    deinit { storage.deallocate() }

    /// The fields in the order in which they were found; valid until the next change.
    package var fields: UnsafeBufferPointer<TextField> { UnsafeBufferPointer(start: storage, count: count) }

    /// Whether there is a field of this meaning.
    @inline(__always) package func has(_ meaning: Meaning) -> Bool {
        present & (1 &<< UInt64(meaning.rawValue)) != 0
    }

    /// The place of a field; nil where there is none.
    package func range(of meaning: Meaning) -> Range<Int>? {
        guard has(meaning) else { return nil }
        for field in fields where field.meaning == meaning { return Int(field.start)..<Int(field.end) }
        return nil
    }

    /// Forgets the line.
    @inline(__always) package mutating func removeAll() {
        count = 0
        present = 0
        time = nil
        level = .none
        message = 0..<0
        embeddedJSON = nil
        prefix = 0
        hasPairs = false
    }

    /// Adds a field unless it is empty or one of its meaning is there.
    @inline(__always) package mutating func add(_ meaning: Meaning, _ start: Int, _ end: Int) {
        guard start < end, !has(meaning), count < Self.capacity else { return }
        storage[count] = TextField(
            meaning: meaning,
            start: UInt32(truncatingIfNeeded: start),
            end: UInt32(truncatingIfNeeded: end)
        )
        count &+= 1
        present |= 1 &<< UInt64(meaning.rawValue)
    }

    /// Adds a field by its place unless that is empty or one of its meaning is there.
    @inline(__always) package mutating func add(_ meaning: Meaning, _ range: Range<Int>) {
        add(meaning, range.lowerBound, range.upperBound)
    }

    /// Adds a level where it is one and none is there; false where it is not.
    @inline(__always) @discardableResult mutating func addLevel(
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> Bool {
        guard level == .none else { return false }
        let found = LevelName.level(base + start, end - start)
        guard found != .none, !ASCII.isDigit(base[start]) else { return false }
        level = found
        add(.level, start, end)
        return true
    }
}
