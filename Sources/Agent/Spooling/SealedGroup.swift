import Outputs
import RecordPath

/// What one worker has made of some batches of records: becomes durable as a whole or not at all.
///
/// The batches for all outputs, the positions behind the records in them, and the counters of exactly these
/// records. That is what makes a restart exact: what is not committed is read again, and was neither sent nor counted.
struct SealedGroup: Sendable {
    /// In the order in which they were sealed; `output` is the index of an outlet.
    var batches: [(output: Int, batch: SealedBatch)] = []
    var marks: [RecordBatch.Mark] = []
    var signals: SignalSnapshot
    /// What goes back to the memory budget.
    var rawBytes = 0

    init(bounds: [Int64]) { signals = SignalSnapshot(bounds: bounds) }

    var isEmpty: Bool { rawBytes == 0 && marks.isEmpty && batches.isEmpty }
}
