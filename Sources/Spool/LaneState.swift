/// Where one lane stands: the part of a frame that is about it.
package struct LaneState: Sendable, Equatable {
    /// A batch that came to its end before one that lies further ahead.
    package struct Settled: Sendable, Equatable {
        package var sequence: UInt64
        package var records: UInt64
    }

    /// Sequence of the batch that is appended next.
    package var next: UInt64 = 1
    /// Where the last batch ends.
    package var endSegment: UInt64 = 0
    package var endOffset: UInt64 = 0
    /// Records ever appended.
    package var recordsAppended: UInt64 = 0
    /// Everything below came to its end.
    package var cursor: UInt64 = 1
    /// Records below the cursor.
    package var recordsBeforeCursor: UInt64 = 0
    /// No batch from here on was ever sent.
    package var lease: UInt64 = 1
    /// Batches beyond the cursor that came to their end, in order.
    package var settledBeyond: [Settled] = []

    /// Makes the state of an empty lane.
    package init() {}

    /// Records of batches that came to their end.
    package var recordsSettled: UInt64 { settledBeyond.reduce(recordsBeforeCursor) { $0 &+ $1.records } }
    /// Records that wait or are on their way.
    package var recordsWaiting: UInt64 { recordsAppended - recordsSettled }
    /// Whether a batch came to its end.
    package func isSettled(_ sequence: UInt64) -> Bool {
        sequence < cursor || settledBeyond.contains { $0.sequence == sequence }
    }

    /// Notes that batches came to their end; those that did before are not counted again.
    ///
    /// Returns the records that this settles. A settlement of several batches (dropped, damaged) covers
    /// everything from `first`, which must be the cursor or above.
    @discardableResult
    package mutating func settle(_ settlement: Settlement) -> UInt64 {
        let end = settlement.first + settlement.count
        guard end > cursor, end <= next else { return 0 }
        if settlement.count == 1 {
            guard !isSettled(settlement.first) else { return 0 }
            insert(Settled(sequence: settlement.first, records: settlement.records))
            advance()
            return settlement.records
        }
        return settleRange(settlement, end)
    }

    private mutating func settleRange(_ settlement: Settlement, _ end: UInt64) -> UInt64 {
        let before = recordsSettled
        let known = settledBeyond.filter { $0.sequence >= settlement.first && $0.sequence < end }
        let alreadySettled = known.reduce(0) { $0 + $1.records }
        let added = settlement.records > alreadySettled ? settlement.records - alreadySettled : 0
        settledBeyond.removeAll { $0.sequence >= settlement.first && $0.sequence < end }
        if settlement.first <= cursor {
            cursor = end
            recordsBeforeCursor += added + alreadySettled
            advance()
        } else {
            // A hole further ahead: one entry holds all records, the others none.
            insert(Settled(sequence: settlement.first, records: added + alreadySettled))
            for sequence in (settlement.first + 1)..<end { insert(Settled(sequence: sequence, records: 0)) }
        }
        return recordsSettled - before
    }

    private mutating func insert(_ entry: Settled) {
        let place = settledBeyond.firstIndex { $0.sequence > entry.sequence } ?? settledBeyond.endIndex
        settledBeyond.insert(entry, at: place)
    }

    private mutating func advance() {
        var done = 0
        while done < settledBeyond.count, settledBeyond[done].sequence == cursor {
            recordsBeforeCursor += settledBeyond[done].records
            cursor += 1
            done += 1
        }
        settledBeyond.removeFirst(done)
    }
}

/// Batches of a lane that came to their end: delivered, or dropped with a reason that the caller counts.
package struct Settlement: Sendable, Equatable {
    package var lane: Int
    package var first: UInt64
    package var count: UInt64
    package var records: UInt64

    /// Makes a settlement; of one batch unless said otherwise.
    package init(lane: Int, first: UInt64, count: UInt64 = 1, records: UInt64) {
        self.lane = lane
        self.first = first
        self.count = count
        self.records = records
    }
}
