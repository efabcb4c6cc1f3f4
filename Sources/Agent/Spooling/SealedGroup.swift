import Outputs
import RecordPath

/// What one worker has made of some batches of records: becomes durable as a whole or not at all.
///
/// The batches for all outputs, the positions behind the records in them, and the counts of exactly these records.
/// That is what makes a restart exact: what is not committed is read again, and was neither sent nor counted.
struct SealedGroup: Sendable {
    /// The number of the worker.
    var worker = 0
    /// In the order in which they were sealed; `output` is the index of an outlet.
    var batches: [(output: Int, batch: SealedBatch)] = []
    var marks: [RecordBatch.Mark] = []
    /// Lines of the worker's streams behind the positions that are records already; nil: as before, none.
    var consumed: ConsumedLines?
    /// Keys of the streams whose lines of the last run the worker has taken over.
    var claimed: [String] = []
    var signals: SignalCounts
    /// The newest time that Loki is given; 0: none.
    var newestForLoki: Int64 = 0
    /// Events of SLOs.
    var outcomes: [OutcomeCount] = []
    /// Memory that its lines took as they came.
    var rawBytes = 0
    /// Memory that bodies and counts take, about.
    var bodyBytes = 0

    init(bounds: [Int64]) { signals = SignalCounts(series: SeriesCounts(bounds: bounds)) }
}
