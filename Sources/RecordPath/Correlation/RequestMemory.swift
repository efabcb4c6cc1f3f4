#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Remembers which trace each request id was seen with, so that a line that has only the request id gets the trace.
///
/// An id is remembered for its service and, when it is long enough to be unique, for the whole host, because a
/// request goes from service to service. The trace ids themselves are remembered too, to notice those that never
/// leave the service they began in. Two ids are the same when their 64-bit hashes are.
///
/// Bounded: one table of fixed size, probed in short runs; where a run is full, what was seen longest ago gives
/// way. Keys lie apart from what they stand for, so that a probe touches one or two cache lines. What is older than `Options.remember`, by the records' own times, counts as absent. Nothing allocates.
package struct RequestMemory: ~Copyable {
    /// How long and how much is remembered.
    package struct Options: Sendable, Equatable {
        /// Nanoseconds.
        package var remember: Int64
        /// Entries at most, 64 bytes each; a line with both ids takes three.
        ///
        /// Rounded up to a power of two.
        package var entries: Int

        /// Makes options.
        package init(remember: Int64 = 300_000_000_000, entries: Int = 65_536) {
            self.remember = remember
            self.entries = entries
        }
    }

    /// The ids of one line.
    package struct Line {
        /// Empty: it has none.
        package var request: UnsafeBufferPointer<UInt8>
        package var trace: TraceID?
        /// A number that names the service, the same in every worker: a hash of its name.
        package var service: UInt64
        /// The record's time.
        package var time: Int64

        /// Makes the ids of a line.
        package init(request: UnsafeBufferPointer<UInt8>, trace: TraceID?, service: UInt64, time: Int64) {
            self.request = request
            self.trace = trace
            self.service = service
            self.time = time
        }
    }

    /// What the memory has to say about a line.
    package struct Answer: Equatable, Sendable {
        /// The trace that the request id was seen with, for a line that has none.
        package var inherited: TraceID?
        /// The request id had another trace before: to be counted for the line's service.
        package var isChanged = false

        /// Makes an answer.
        package init(inherited: TraceID? = nil, isChanged: Bool = false) {
            self.inherited = inherited
            self.isChanged = isChanged
        }
    }

    /// Shorter request ids are counters of one service, not names that go from one to the next.
    package static let hostWideBytes = 16

    private struct Entry {
        var high: UInt64
        var low: UInt64
        /// The service that a trace began in.
        var service: UInt64
        var seen: Int64
        /// When a trace began.
        var began: Int64
        /// A trace was seen in another service than the one it began in.
        var isContinued: Bool
        var isTrace: Bool
        /// A trace has expired and the sweep has met it before.
        var isDue: Bool
        /// A trace began at another worker, which judges it.
        var isForeign: Bool
    }

    private static let run = 8
    private static let hostScope: UInt64 = 0x7C0F_3A91_55D2_E6B8
    private static let traceScope: UInt64 = 0x2E9B_64D7_813C_F05A
    /// Entries that each line looks through for expired ones.
    private static let swept = 2
    /// Sightings kept for other workers; more in one batch are not told.
    private static let maximumNews = 8192

    private let remember: Int64
    private let mask: Int
    private let tells: Bool
    // Invariant: `mask + 1 + run` keys and entries, owned by this value alone; a run never wraps around.
    /// 0: free.
    private let keys: UnsafeMutablePointer<UInt64>
    private let entries: UnsafeMutablePointer<Entry>
    private var sweepAt = 0
    private var continuity = TraceContinuity()
    /// The hash of the last line's ids: lines of one request come in a row.
    private var last: UInt64 = 0
    private var lastTime: Int64 = 0
    private var news: [IDSighting] = []

    /// Makes an empty memory; `tells`: what is new is kept for other workers.
    package init(options: Options = Options(), tells: Bool = false) {
        self.tells = tells
        remember = max(0, options.remember)
        var capacity = 64
        while capacity < options.entries, capacity < 1 << 22 { capacity *= 2 }
        mask = capacity - 1
        // calloc: pages that are never used are never there
        guard let keys = calloc(capacity + Self.run, MemoryLayout<UInt64>.stride),
            let entries = calloc(capacity + Self.run, MemoryLayout<Entry>.stride)
        else { fatalError("out of memory") }
        self.keys = keys.bindMemory(to: UInt64.self, capacity: capacity + Self.run)
        self.entries = entries.bindMemory(to: Entry.self, capacity: capacity + Self.run)
    }

    deinit {
        free(keys)
        free(entries)
    }

    /// Takes a line's ids in, and tells what they lack or break.
    package mutating func see(_ line: Line) -> Answer {
        let request = line.request.isEmpty ? 0 : IDHash.hash(line.request)
        sweep(now: line.time)
        guard let trace = line.trace else {
            return Answer(inherited: request == 0 ? nil : find(request, line))
        }
        let hash = request ^ (trace.low &* 0x9E37_79B9_7F4A_7C15) ^ trace.high ^ line.service
        if hash == last, line.time >= lastTime, line.time - lastTime < remember / 4 { return Answer() }
        last = hash
        lastTime = line.time
        let isNewTrace = track(trace, line, isForeign: false)
        let (isNewRequest, isChanged) = request == 0 ? (false, false) : note(request, trace, line)
        if tells, isNewTrace || isNewRequest, news.count < Self.maximumNews {
            let shared = line.request.count >= Self.hostWideBytes ? request : 0
            news.append(IDSighting(request: shared, trace: trace, service: line.service, time: line.time))
        }
        return Answer(inherited: nil, isChanged: isChanged)
    }

    /// What other workers should know; told once.
    mutating func takeNews() -> [IDSighting] {
        defer { news.removeAll(keepingCapacity: true) }
        return news
    }

    /// Takes in what another worker has seen.
    mutating func absorb(_ sighting: IDSighting) {
        let line = Line(
            request: UnsafeBufferPointer(start: nil, count: 0),
            trace: sighting.trace,
            service: sighting.service,
            time: sighting.time
        )
        _ = track(sighting.trace, line, isForeign: true)
        if sighting.request != 0 { _ = put(Self.key(sighting.request, Self.hostScope), sighting.trace, line) }
    }

    /// Calls `body` with each service whose traces, unlike most of its others, went on in no other service, and how
    /// many there were since the last call.
    package mutating func takeNeverContinued(_ body: (_ service: UInt64, _ count: Int) -> Void) {
        continuity.take(body)
    }

    // MARK: - Request ids

    private func find(_ request: UInt64, _ line: Line) -> TraceID? {
        if let index = known(Self.key(request, line.service), line.time) { return trace(at: index) }
        guard line.request.count >= Self.hostWideBytes,
            let index = known(Self.key(request, Self.hostScope), line.time)
        else { return nil }
        return trace(at: index)
    }

    /// Remembers the trace of a request id: whether the host did not know it, and whether it had another one.
    private mutating func note(_ request: UInt64, _ trace: TraceID, _ line: Line) -> (isNew: Bool, isChanged: Bool) {
        let own = put(Self.key(request, line.service), trace, line)
        guard line.request.count >= Self.hostWideBytes else { return (false, own == .other) }
        let shared = put(Self.key(request, Self.hostScope), trace, line)
        return (shared != .same, own == .other || (own == .none && shared == .other))
    }

    private enum Former { case none, same, other }

    private mutating func put(_ key: UInt64, _ trace: TraceID, _ line: Line) -> Former {
        let index = known(key, line.time)
        let former: Former =
            index.map { entries[$0].high == trace.high && entries[$0].low == trace.low ? .same : .other } ?? .none
        let place = index ?? room(key)
        occupy(place, key, trace, line, isTrace: false)
        return former
    }

    // MARK: - Traces

    /// Notes in which service a trace begins, and that it goes on in another; true where that is news.
    private mutating func track(_ trace: TraceID, _ line: Line, isForeign: Bool) -> Bool {
        let key = Self.key(trace.low ^ (trace.high &* 0xE703_7ED1_A0B4_28DB), Self.traceScope)
        guard let index = known(key, line.time) else {
            let place = room(key)
            occupy(place, key, trace, line, isTrace: true)
            entries[place].isForeign = isForeign
            return true
        }
        entries[index].seen = max(entries[index].seen, line.time)
        entries[index].isDue = false
        guard entries[index].service != line.service else { return false }
        let wasContinued = entries[index].isContinued
        entries[index].isContinued = true
        guard line.time < entries[index].began else { return !wasContinued }
        // workers and inputs do not read in the order of time: it began here
        entries[index].began = line.time
        entries[index].service = line.service
        entries[index].isForeign = isForeign
        return true
    }

    /// Looks through a few entries for what has expired.
    ///
    /// A trace is judged only when the sweep meets it a second
    /// time: while old logs are read, other services' lines may still be to come.
    private mutating func sweep(now: Int64) {
        for _ in 0..<Self.swept {
            sweepAt = (sweepAt &+ 1) & mask
            guard keys[sweepAt] != 0, now &- entries[sweepAt].seen > remember else { continue }
            if entries[sweepAt].isTrace, !entries[sweepAt].isDue {
                entries[sweepAt].isDue = true
            } else {
                release(sweepAt)
                keys[sweepAt] = 0
            }
        }
    }

    /// Judges the trace at a place that is about to be used for something else.
    private mutating func release(_ index: Int) {
        guard keys[index] != 0, entries[index].isTrace, !entries[index].isForeign else { return }
        // one that had to go early has not had its time
        guard entries[index].isDue || entries[index].isContinued else { return }
        continuity.end(ofTraceFrom: entries[index].service, isContinued: entries[index].isContinued)
    }

    // MARK: - Table

    private static func key(_ hash: UInt64, _ scope: UInt64) -> UInt64 {
        IDHash.mix(hash ^ scope, 0xA076_1D64_78BD_642F) | 1
    }

    private func trace(at index: Int) -> TraceID? { TraceID(high: entries[index].high, low: entries[index].low) }

    private mutating func occupy(_ place: Int, _ key: UInt64, _ trace: TraceID, _ line: Line, isTrace: Bool) {
        release(place)
        keys[place] = key
        entries[place] = Entry(
            high: trace.high,
            low: trace.low,
            service: line.service,
            seen: line.time,
            began: line.time,
            isContinued: false,
            isTrace: isTrace,
            isDue: false,
            isForeign: false
        )
    }

    /// Where a key is, unless what is there has expired.
    private func known(_ key: UInt64, _ time: Int64) -> Int? {
        let home = Int(truncatingIfNeeded: key >> 16) & mask
        for index in home..<home &+ Self.run where keys[index] == key {
            let (age, overflow) = time.subtractingReportingOverflow(entries[index].seen)
            return !overflow && age <= remember && age >= -remember ? index : nil
        }
        return nil
    }

    /// Where a key may go: where it is, a free place, or that of the oldest entry of its run.
    private func room(_ key: UInt64) -> Int {
        let home = Int(truncatingIfNeeded: key >> 16) & mask
        var oldest = home
        for index in home..<home &+ Self.run where keys[index] == key || keys[index] == 0 { return index }
        for index in home..<home &+ Self.run where entries[index].seen < entries[oldest].seen { oldest = index }
        return oldest
    }
}
