/// One canonical field that a text format's parser found: offsets into the line, never a copy.
package struct TextField: Equatable {
    package var meaning: Meaning
    /// First byte of the value, quotes and brackets excluded.
    package var start: UInt32
    /// One past its last byte.
    package var end: UInt32

    /// Makes a field.
    package init(meaning: Meaning, start: UInt32, end: UInt32) {
        self.meaning = meaning
        self.start = start
        self.end = end
    }
}
