/// Joins the parts of one line of one stream.
///
/// Bounded: of a longer line the beginning is kept.
struct PartJoiner {
    /// The line that is still open.
    struct Open {
        var bytes: [UInt8]
        /// Where its first part stands.
        var start: UInt64
        /// The time of its first part.
        var time: Int64
        var isCut: Bool
    }

    private(set) var open: Open?
    private let limit: Int

    /// A part has come and its last one has not.
    var isOpen: Bool { open != nil }

    /// Makes a joiner.
    init(limit: Int = LineSplitter.maxLineBytes) { self.limit = limit }

    /// Adds a part; the first one gives the line its place and time.
    mutating func add(_ part: UnsafeBufferPointer<UInt8>, start: UInt64, time: Int64) {
        if open == nil { open = Open(bytes: [], start: start, time: time, isCut: false) }
        let room = limit - (open?.bytes.count ?? 0)
        open?.bytes.append(contentsOf: part.prefix(room))
        if part.count > room { open?.isCut = true }
    }

    /// Forgets the line: it has been delivered.
    mutating func clear() { open = nil }
}
