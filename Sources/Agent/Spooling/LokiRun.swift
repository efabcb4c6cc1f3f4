import RecordPath
import Spool

/// What a run must know of earlier ones so that Loki takes no record for one that they have sent.
struct LokiRun: Equatable {
    /// Where it stands among the notes.
    static let note = "loki"

    /// How many runs there were.
    var run: UInt64 = 0
    /// The newest time that any of them has given.
    var frontier = Int64.min

    /// The first run.
    init() {}

    /// Reads what stands in a frame.
    init(note: [UInt8]) {
        var reader = ByteReader(note[...])
        guard let run = try? reader.varint(), let frontier = try? reader.signed() else { return }
        (self.run, self.frontier) = (run, frontier)
    }

    /// As it stands in a frame.
    var note: [UInt8] {
        var writer = ByteWriter()
        writer.varint(run)
        writer.signed(frontier)
        return writer.bytes
    }

    /// The run after this one.
    var next: LokiRun {
        var next = self
        next.run &+= 1
        return next
    }
}
