/// Telling requests of buckets of latency series: failed ones are preferred, slow ones have buckets of their own.
///
/// A table of fixed size, direct-mapped: of two buckets that share a place the one stays that comes first after `begin`.
/// A scrape shows what was counted since the one before, and few of thousands of series have anything to tell by then.
struct Exemplars: ~Copyable {
    /// A request that has a trace.
    struct Slot: BitwiseCopyable {
        /// The trace id; both zero: there is none.
        var high: UInt64 = 0
        var low: UInt64 = 0
        var latency: Int64 = 0
        /// Nanoseconds since 1970.
        var time: Int64 = 0
        /// The number of the bucket among those of all series.
        var bucket: Int32 = -1
        var isError = false
    }

    /// A failed request stays before successful ones for so long, nanoseconds.
    private static let preference: Int64 = 60_000_000_000
    private static let places = 1024

    private var slots = Column<Slot>(repeating: Slot(), count: places)
    /// What each place has taken since the last `begin`, as `Taken`.
    ///
    /// Most requests end here, so these bytes are read for each, and the slots are not.
    private let taken = Column<UInt8>(repeating: 0, count: places)
    /// When the last `begin` was.
    private var begunAt: Int64 = 0

    private enum Taken {
        static let success: UInt8 = 1
        static let failure: UInt8 = 2
        /// Nobody was told of it yet.
        static let isNews: UInt8 = 4
    }

    /// Forgets all: buckets have other numbers now.
    mutating func removeAll() {
        slots = Column(repeating: Slot(), count: Self.places)
        taken.base.update(repeating: 0, count: Self.places)
    }

    /// Lets every place take a request again, once a second: what it has was told of.
    ///
    /// `now` is nanoseconds of a clock that never goes back.
    mutating func begin(now: Int64) {
        guard now &- begunAt >= 1_000_000_000 else { return }
        begunAt = now
        taken.base.update(repeating: 0, count: Self.places)
    }

    /// Those of some buckets, numbered from the first of these, that nobody was told of.
    func take(_ buckets: Range<Int>) -> [SignalSnapshot.Exemplar] {
        var news: [SignalSnapshot.Exemplar] = []
        for bucket in buckets where taken[Self.place(bucket)] & Taken.isNews != 0 {
            let slot = slots[Self.place(bucket)]
            guard Int(slot.bucket) == bucket else { continue }
            taken[Self.place(bucket)] &= ~Taken.isNews
            if let exemplar = SignalSnapshot.Exemplar(slot, bucket: bucket - buckets.lowerBound) {
                news.append(exemplar)
            }
        }
        return news
    }

    /// Takes a request of a bucket, unless its place has one that is as good.
    @inline(__always) mutating func offer(
        _ bucket: Int,
        _ trace: TraceID,
        latency: Int64,
        time: Int64,
        isError: Bool
    ) {
        let place = Self.place(bucket)
        if taken[place] & ~Taken.isNews >= (isError ? Taken.failure : Taken.success) { return }
        keep(bucket, trace, latency, time, isError)
    }

    @inline(never) private mutating func keep(
        _ bucket: Int,
        _ trace: TraceID,
        _ latency: Int64,
        _ time: Int64,
        _ isError: Bool
    ) {
        let place = Self.place(bucket)
        let slot = slots.pointer(at: place)
        if slot.pointee.isError, !isError, time &- slot.pointee.time < Self.preference {
            taken[place] |= Taken.success | Taken.isNews
            return
        }
        taken[place] = (isError ? Taken.failure : Taken.success) | Taken.isNews
        slot.pointee = Slot(
            high: trace.high,
            low: trace.low,
            latency: latency,
            time: time,
            bucket: Int32(truncatingIfNeeded: bucket),
            isError: isError
        )
    }

    /// The buckets of one series, and those of its neighbours, have places beside each other.
    @inline(__always) private static func place(_ bucket: Int) -> Int { bucket & (places &- 1) }
}
