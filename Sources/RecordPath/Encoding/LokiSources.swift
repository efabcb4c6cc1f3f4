import Synchronization

/// Tells the sources of one Loki stream apart that Loki cannot: those whose records have the same labels and the same
/// structured metadata, such as two files of a service, whichever worker reads them.
///
/// Two such records of one time and one line would be one to Loki. The first source of a stream keeps its times. Each
/// further one has a nanosecond of its own in each microsecond (`LokiPlace`), to which its times are moved. Of very many
/// sources the last ones share one, and a table tells their records apart that all workers ask.
///
/// Runs are told apart in the same way, for nobody remembers what the last one has sent: of records that are not newer
/// than everything sent before the start, all are moved to nanoseconds of this run. Batches keep their bytes once they
/// are in the spool, so that nothing moves twice.
package final class LokiSources: Sendable {
    private struct State {
        /// By a hash of labels and metadata: the sources in the order in which they came.
        var members: [UInt64: [UInt64]] = [:]
        var count = 0
    }

    /// More are all among the last ones.
    private static let membersMax = 8192

    /// Counts the runs of the agent.
    let run: UInt64
    /// The newest time that an earlier run has given; `.min`: there was none.
    package let frontier: Int64
    private let state = Mutex(State())
    private let crowdGate = Mutex(())
    private let crowd = Crowd()

    /// What was sent of sources that share a nanosecond.
    ///
    /// `@unchecked Sendable`, with this invariant: only touched while `crowdGate` is held.
    private final class Crowd: @unchecked Sendable {
        /// None or one: most hosts need none.
        var ties = Pool<TieBreaker>(capacity: 1)
        var recent = TieBreaker.Recent()
    }

    /// Makes an empty table.
    package init(run: UInt64 = 0, frontier: Int64 = .min) {
        self.run = run
        self.frontier = frontier
    }

    /// The place of a source among those of its labels and metadata.
    func place(labels: UInt64, metadata: UInt64, source: UInt64, isShared: Bool) -> LokiPlace {
        let rank = state.withLock { state -> Int in
            let key = Bytes.mix(labels ^ metadata, 0x9E37_79B9_7F4A_7C15)
            if let rank = state.members[key]?.firstIndex(of: source) { return rank }
            guard state.count < Self.membersMax else { return .max }
            state.count += 1
            state.members[key, default: []].append(source)
            return (state.members[key]?.count ?? 1) - 1
        }
        return LokiPlace(rank: rank, run: run, isShared: isShared)
    }

    /// The time under which a record is alone among those of all sources that share a nanosecond.
    ///
    /// 8 bytes behind the line are readable.
    @inline(never) func uniqueTime(
        _ time: Int64,
        _ place: LokiPlace,
        _ stream: UInt64,
        line: (base: UnsafePointer<UInt8>, count: Int),
        metadata: UInt64
    ) -> Int64 {
        crowdGate.withLock { _ in
            if crowd.ties.count == 0 { _ = crowd.ties.append(TieBreaker()) }
            return crowd.ties.pointer(at: 0).pointee.uniqueTime(
                time,
                (.older, place, true),
                stream: stream,
                recent: &crowd.recent,
                line: line,
                metadata: metadata
            )
        }
    }
}
