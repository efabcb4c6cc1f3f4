/// The lines of one stream that may still become a longer record, with the bytes of those that wait.
///
/// While all of them lie side by side in one batch, the bytes stay there and nothing is copied.
struct OpenRecord: ~Copyable {
    /// More than this is given back once the record has gone.
    private static let keptCapacity = 2 * 1024

    var joiner = MultilineJoiner()
    /// The first line, as long as the record is so far.
    private(set) var line = RecordBatch.Line(
        offset: 0,
        length: 0,
        stream: 0,
        priority: 255,
        isCut: false,
        time: 0,
        identity: (0, 0)
    )
    /// Number of the batch that the first line came in.
    private(set) var batch: UInt64 = 0
    /// When the first line was taken, and the last.
    private(set) var openedAt: Int64 = 0
    private(set) var touchedAt: Int64 = 0
    /// Its stream stands in the list of those with an open record.
    var isListed = false
    private var kept = Arena(capacity: 0)
    private var isKept = false

    /// Bytes that are held outside of a batch.
    var heldBytes: Int { isKept ? kept.count : 0 }

    /// The first line of a record that may go on.
    mutating func begin(_ line: RecordBatch.Line, batch: UInt64, now: Int64) {
        self.line = line
        self.batch = batch
        openedAt = now
        touchedAt = now
        isKept = false
    }

    /// Another line of the record; `base` is where its batch begins.
    mutating func extend(_ next: RecordBatch.Line, in base: UnsafePointer<UInt8>, now: Int64) {
        touchedAt = now
        line.isCut = line.isCut || next.isCut
        if !isKept, next.offset == line.offset + line.length + 1 {
            line.length += next.length + 1
            return
        }
        keep(base)
        kept.put(0x0A)
        kept.append(UnsafeBufferPointer(start: base + Int(next.offset), count: Int(next.length)))
        line.length = UInt32(truncatingIfNeeded: kept.count)
    }

    /// Copies the bytes out of their batch, unless they are copied already.
    mutating func keep(_ base: UnsafePointer<UInt8>) {
        guard !isKept else { return }
        kept.removeAll()
        kept.append(UnsafeBufferPointer(start: base + Int(line.offset), count: Int(line.length)))
        isKept = true
    }

    /// The record's bytes, valid until the next change; `base` is where the batch of lines not kept begins.
    func text(in base: UnsafePointer<UInt8>?) -> UnsafePointer<UInt8> {
        guard !isKept, let base else { return UnsafePointer(kept.base) }
        return base + Int(line.offset)
    }

    /// The record has been handed on.
    mutating func end() {
        guard isKept else { return }
        isKept = false
        if kept.count > Self.keptCapacity { kept = Arena(capacity: 0) } else { kept.removeAll() }
    }
}
