/// A short text that is looked for in long ones, byte by byte.
struct ByteSearch: Sendable {
    private let needle: [UInt8]

    /// Looks for a text that is not empty.
    init(_ text: StaticString) {
        precondition(text.utf8CodeUnitCount > 0)
        needle = Array(UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    /// Where it first stands.
    func first(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        bytes.withUnsafeBufferPointer { room in
            let last = room.count - needle.count
            var place = 0
            while place <= last {
                if room[place] == needle[0], room[place..<place + needle.count].elementsEqual(needle) {
                    return bytes.startIndex + place..<bytes.startIndex + place + needle.count
                }
                place += 1
            }
            return nil
        }
    }

    /// Whether it stands anywhere.
    func isIn(_ bytes: ArraySlice<UInt8>) -> Bool {
        first(in: bytes) != nil
    }
}
