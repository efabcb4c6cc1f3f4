/// Reads the batches of a lane in order, beside the one who writes them.
///
/// A batch that does not hold is stepped over; how many records that costs is known exactly, because every batch
/// says how many came before it.
package struct LaneReader: ~Copyable {
    /// What came next.
    package enum Step: Sendable, Equatable {
        case batch(StoredBatch)
        /// These sequences cannot be read: settle them as dropped.
        case damaged(first: UInt64, count: UInt64, records: UInt64)
        /// The file cannot be opened now: try again later.
        case blocked(FileFailure)
        /// There is nothing more yet.
        case end
    }

    private struct OpenSegment {
        var number: UInt64
        var file: Int
        var salt: UInt64
        var offset: Int
    }

    private let files: any SpoolFiles
    /// What is expected next.
    private var sequence: UInt64
    private var recordsBefore: UInt64
    private var open: OpenSegment?

    /// Reads from the cursor of a lane.
    package init(_ files: any SpoolFiles, from state: LaneState) {
        self.files = files
        sequence = state.cursor
        recordsBefore = state.recordsBeforeCursor
    }

    deinit { if let open { files.close(open.file) } }

    /// Sequence of the batch that is read next.
    package var next: UInt64 { sequence }

    /// What is below the cursor was dropped from the front meanwhile: nobody waits for it.
    ///
    /// A segment that is gone is let go, for an open file keeps its room on the disk.
    package mutating func catchUp(_ view: LaneView) {
        if let segment = open, !view.segments.contains(where: { $0.number == segment.number }) {
            files.close(segment.file)
            open = nil
        }
        guard view.state.cursor > sequence else { return }
        (sequence, recordsBefore) = (view.state.cursor, view.state.recordsBeforeCursor)
    }

    /// A batch was taken from elsewhere: go on behind it.
    package mutating func skip(_ sequence: UInt64, records: UInt32) {
        guard sequence == self.sequence else { return }
        self.sequence += 1
        recordsBefore += UInt64(records)
    }

    /// The next batch of what `view` shows.
    package mutating func read(_ view: LaneView) -> Step {
        catchUp(view)
        guard sequence < view.state.next else { return .end }
        guard let index = view.segments.lastIndex(where: { $0.first <= sequence }) else {
            return lost(to: view.segments.first, view)
        }
        let following = index + 1 < view.segments.count ? view.segments[index + 1] : nil
        do throws(FileFailure) {
            guard try enter(view.segments[index], view) else { return lost(to: following, view) }
        } catch {
            return .blocked(error)
        }
        while let found = nextFrame(below: following?.first ?? view.state.next) {
            if found.sequence < sequence { continue }
            guard found.sequence == sequence else {
                // Read it again when the gap is settled.
                open?.offset -= BatchFrame.bytes(of: found.batch)
                return gap(to: found.sequence, recordsBefore: found.recordsBefore)
            }
            sequence += 1
            recordsBefore += UInt64(found.batch.records)
            return .batch(found.batch)
        }
        return lost(to: following, view)
    }

    private mutating func lost(to segment: LaneView.Segment?, _ view: LaneView) -> Step {
        gap(
            to: segment?.first ?? view.state.next,
            recordsBefore: segment?.recordsBefore ?? view.state.recordsAppended
        )
    }

    private mutating func gap(to end: UInt64, recordsBefore: UInt64) -> Step {
        let records = recordsBefore >= self.recordsBefore ? recordsBefore - self.recordsBefore : 0
        defer { (sequence, self.recordsBefore) = (end, recordsBefore) }
        return .damaged(first: sequence, count: end - sequence, records: records)
    }

    /// Opens a segment unless it is the open one; false when it is gone or cannot be read.
    private mutating func enter(_ segment: LaneView.Segment, _ view: LaneView) throws(FileFailure) -> Bool {
        if open?.number == segment.number { return true }
        if let open { files.close(open.file) }
        open = nil
        let file: Int
        do throws(FileFailure) {
            file = try files.open(LaneView.path(view.directory, segment.number), create: false)
        } catch {
            guard error.isLoss else { throw error }
            return false
        }
        var bytes = [UInt8](repeating: 0, count: FileHeader.bytes)
        guard files.fill(&bytes, from: file, at: 0), let header = try? FileHeader.decode(bytes, .segment) else {
            files.close(file)
            return false
        }
        open = OpenSegment(number: segment.number, file: file, salt: header.salt, offset: FileHeader.bytes)
        return true
    }

    private typealias Found = (batch: StoredBatch, sequence: UInt64, recordsBefore: UInt64)

    /// The next batch that holds in the open segment, at its offset or at a later multiple of 8.
    ///
    /// Batches that are settled already are only stepped over.
    private mutating func nextFrame(below limit: UInt64) -> Found? {
        guard let segment = open, let size = try? files.size(segment.file) else { return nil }
        var header = [UInt8](repeating: 0, count: BatchFrame.headerBytes)
        var offset = segment.offset
        while offset <= size - BatchFrame.headerBytes {
            guard files.fill(&header, from: segment.file, at: offset) else { return nil }
            if let frame = header.withUnsafeBytes({ BatchFrame(header: $0) }), frame.payloadBytes <= size - offset,
                let batch = load(frame, header, segment, offset)
            {
                open?.offset = offset + frame.frameBytes
                guard batch.sequence < limit else { return nil }
                return (batch, batch.sequence, frame.recordsBefore)
            }
            offset += 8
        }
        return nil
    }

    private func load(_ frame: BatchFrame, _ header: [UInt8], _ segment: OpenSegment, _ offset: Int) -> StoredBatch? {
        var payload = [UInt8](repeating: 0, count: frame.payloadBytes)
        guard files.fill(&payload, from: segment.file, at: offset + BatchFrame.headerBytes) else { return nil }
        return header.withUnsafeBytes { header in
            payload.withUnsafeBytes { frame.batch(header: header, payload: $0, salt: segment.salt) }
        }
    }
}
