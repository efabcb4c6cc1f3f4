import Synchronization

/// Tells the sources of one Loki stream apart that Loki cannot: those whose records have the same labels and the same
/// structured metadata, such as two files of a service, whichever worker reads them.
///
/// Two such records of one time and one line would be one to Loki. The first source of a stream keeps its times. Each
/// further one has a class of nanoseconds of its own, odd numbers modulo `LokiPlace.modulus`, into which its times are
/// moved. What the first source moves because it is alike itself stays off these classes (`LokiPlace.next`).
///
/// Runs are told apart in the same way, for nobody remembers what the last one has sent: of records that are not newer
/// than everything sent before the start, all are moved into classes of this run. Batches keep their bytes once they are
/// in the spool, so that nothing moves twice.
package final class LokiSources: Sendable {
    private struct State {
        /// By a hash of labels and metadata: the sources in the order in which they came.
        var members: [UInt64: [UInt64]] = [:]
        var count = 0
    }

    /// More are not told apart by the order in which they came, but by hashes.
    private static let membersMax = 8192

    /// Counts the runs of the agent.
    let run: UInt64
    /// The newest time that an earlier run has given; `.min`: there was none.
    package let frontier: Int64
    private let state = Mutex(State())

    /// Makes an empty table.
    package init(run: UInt64 = 0, frontier: Int64 = .min) {
        self.run = run
        self.frontier = frontier
    }

    /// The place of a source among those of its labels and metadata.
    func place(labels: UInt64, metadata: UInt64, source: UInt64) -> LokiPlace {
        let rank = state.withLock { state -> Int in
            let key = Bytes.mix(labels ^ metadata, 0x9E37_79B9_7F4A_7C15)
            if let rank = state.members[key]?.firstIndex(of: source) { return rank }
            guard state.count < Self.membersMax else { return 1 + Int(truncatingIfNeeded: source >> 1 & 0xFFFF) }
            state.count += 1
            state.members[key, default: []].append(source)
            return (state.members[key]?.count ?? 1) - 1
        }
        return LokiPlace(rank: rank, run: run)
    }
}
