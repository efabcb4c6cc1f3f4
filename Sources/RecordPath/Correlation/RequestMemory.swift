#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Remembers which trace each request id was seen with, so that a line that has only the request id gets the trace.
///
/// An id that is long enough to be unique is remembered for the whole host, because a request goes from service to
/// service, and for each service only once two have seen it with different traces; a shorter one always for its
/// service. The trace ids themselves are remembered too, to notice those that never
/// leave the service they began in. Two ids are the same when their 64-bit hashes are.
///
/// Bounded: one table of fixed size. What is older than `Options.remember`, by the records' own times, counts as
/// absent. Nothing allocates.
package struct RequestMemory: ~Copyable {
    /// How long and how much is remembered.
    package struct Options: Sendable, Equatable {
        /// Nanoseconds.
        package var remember: Int64
        /// Entries at most, 48 bytes each; a line with both ids takes two.
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
    package struct Line: BitwiseCopyable {
        /// A hash of the request id; 0: it has none.
        var request: UInt64
        /// The request id is long enough to be known in other services.
        var isHostWide: Bool
        package var trace: TraceID?
        /// A number that names the service, the same in every worker: a hash of its name.
        package var service: UInt64
        /// The record's time.
        package var time: Int64

        /// Makes the ids of a line; an empty request id is none.
        @inline(__always) package init(
            request: UnsafeBufferPointer<UInt8>,
            trace: TraceID?,
            service: UInt64,
            time: Int64
        ) {
            self.request = request.isEmpty ? 0 : IDHash.hash(request)
            isHostWide = request.count >= RequestMemory.hostWideBytes
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

    private static let hostScope: UInt64 = 0x7C0F_3A91_55D2_E6B8
    private static let traceScope: UInt64 = 0x2E9B_64D7_813C_F05A
    /// After so many lines a set of places is looked through for what has expired: a power of two.
    private static let linesASweep = 4
    /// Sightings kept for other workers; more in one batch are not told.
    private static let maximumNews = 8192

    private let remember: Int64
    private let tells: Bool
    private let table: IDTable
    private var sweepAt = 0
    private var linesSinceSweep = 0
    private var continuity = TraceContinuity()
    /// The hash of the last line's ids: lines of one request come in a row.
    private var last: UInt64 = 0
    private var lastTime: Int64 = 0
    private var news: [IDSighting] = []

    /// Makes an empty memory; `tells`: what is new is kept for other workers.
    package init(options: Options = Options(), tells: Bool = false) {
        self.tells = tells
        remember = max(0, options.remember)
        table = IDTable(capacity: options.entries, remember: remember)
    }

    /// Takes a line's ids in, and tells what they lack or break.
    package mutating func see(_ line: Line) -> Answer {
        guard let trace = line.trace else {
            sweep(now: line.time)
            return Answer(inherited: line.request == 0 ? nil : find(line))
        }
        return isNews(line, trace) ? Answer(isChanged: note(line, trace)) : Answer()
    }

    /// False for a line with the same ids as the one before.
    @inline(__always) mutating func isNews(_ line: Line, _ trace: TraceID) -> Bool {
        let hash = line.request ^ (trace.low &* 0x9E37_79B9_7F4A_7C15) ^ trace.high ^ line.service
        if hash == last, line.time >= lastTime, line.time &- lastTime < remember / 4 { return false }
        last = hash
        lastTime = line.time
        return true
    }

    /// Asks the memory for what `note` will need of a line that has a trace.
    @inline(__always) func prefetch(_ line: Line, _ trace: TraceID) {
        table.prefetch(Self.key(trace))
        if line.request != 0 { table.prefetch(Self.key(line.request, line.isHostWide ? Self.hostScope : line.service)) }
    }

    /// Takes in a line that has a trace; true where its request id had another one.
    mutating func note(_ line: Line, _ trace: TraceID) -> Bool {
        sweep(now: line.time)
        let isNewTrace = track(trace, line, isForeign: false)
        let (isNewRequest, isChanged) = line.request == 0 ? (false, false) : remember(line, trace)
        if tells, isNewTrace || isNewRequest, news.count < Self.maximumNews {
            let shared = line.isHostWide ? line.request : 0
            news.append(IDSighting(request: shared, trace: trace, service: line.service, time: line.time))
        }
        return isChanged
    }

    /// What other workers should know; told once.
    mutating func takeNews() -> [IDSighting] {
        defer { news.removeAll(keepingCapacity: true) }
        return news
    }

    /// Takes in what another worker has seen.
    mutating func absorb(_ sighting: IDSighting) {
        let none = UnsafeBufferPointer<UInt8>(start: nil, count: 0)
        var line = Line(request: none, trace: sighting.trace, service: sighting.service, time: sighting.time)
        _ = track(sighting.trace, line, isForeign: true)
        guard sighting.request != 0 else { return }
        line.request = sighting.request
        line.isHostWide = true
        _ = remember(line, sighting.trace)
    }

    /// Calls `body` with each service whose traces, unlike most of its others, went on in no other service, and how
    /// many there were since the last call.
    package mutating func takeNeverContinued(_ body: (_ service: UInt64, _ count: Int) -> Void) {
        continuity.take(body)
    }

    // MARK: - Request ids

    private func find(_ line: Line) -> TraceID? {
        let own = Self.key(line.request, line.service)
        guard line.isHostWide else { return trace(of: own, line.time) }
        let shared = table.find(Self.key(line.request, Self.hostScope), line.time)
        // Without the shared entry a service's own one may be older than what it has seen since.
        guard shared >= 0 else { return nil }
        let isSplit = table.flags(shared).contains(.isSplit)
        return (isSplit ? trace(of: own, line.time) : nil) ?? trace(at: shared)
    }

    private func trace(of key: UInt64, _ time: Int64) -> TraceID? {
        let place = table.find(key, time)
        return place >= 0 ? trace(at: place) : nil
    }

    /// Remembers the trace of a request id: whether the host did not know it, and whether it had another one.
    private mutating func remember(_ line: Line, _ trace: TraceID) -> (isNew: Bool, isChanged: Bool) {
        guard line.isHostWide else { return (false, put(line, trace) == .other) }
        let key = Self.key(line.request, Self.hostScope)
        let place = table.find(key, line.time)
        guard place >= 0 else {
            occupy(table.room(key), key, trace, line, [])
            return (true, false)
        }
        let isSame = self.trace(at: place) == trace
        guard isSame, !table.flags(place).contains(.isSplit) else { return split(place, key, isSame, line, trace) }
        table.stamp(place, seen: line.time, [])
        return (false, false)
    }

    /// Services disagree on the trace of a request id: from now on each has its own.
    @inline(never) private mutating func split(
        _ place: Int,
        _ key: UInt64,
        _ isSame: Bool,
        _ line: Line,
        _ trace: TraceID
    ) -> (isNew: Bool, isChanged: Bool) {
        if !table.flags(place).contains(.isSplit), let former = self.trace(at: place) {
            var first = line
            first.service = table[place].service
            first.time = table.seen(place)
            _ = put(first, former)
        }
        let own = put(line, trace)
        occupy(place, key, trace, line, .isSplit)
        return (!isSame, own == .other || (own == .none && !isSame))
    }

    private enum Former { case none, same, other }

    /// Remembers the trace of a request id for the line's service.
    private mutating func put(_ line: Line, _ trace: TraceID) -> Former {
        let key = Self.key(line.request, line.service)
        let known = table.find(key, line.time)
        let former: Former = known < 0 ? .none : self.trace(at: known) == trace ? .same : .other
        occupy(known < 0 ? table.room(key) : known, key, trace, line, [])
        return former
    }

    // MARK: - Traces

    /// Notes in which service a trace begins, and that it goes on in another; true where that is news.
    private mutating func track(_ trace: TraceID, _ line: Line, isForeign: Bool) -> Bool {
        let key = Self.key(trace)
        let place = table.find(key, line.time)
        guard place >= 0 else {
            occupy(table.room(key), key, trace, line, isForeign ? [.isTrace, .isForeign] : .isTrace)
            return true
        }
        var flags = table.flags(place).subtracting(.isDue)
        let wasContinued = flags.contains(.isContinued)
        var isNews = false
        if table[place].service != line.service {
            flags.insert(.isContinued)
            isNews = !wasContinued
            // workers and inputs do not read in the order of time: it began here
            if line.time < table[place].began {
                table[place].began = line.time
                table[place].service = line.service
                if isForeign { flags.insert(.isForeign) } else { flags.remove(.isForeign) }
                isNews = true
            }
        }
        table.stamp(place, seen: max(table.seen(place), line.time), flags)
        return isNews
    }

    /// Looks through a few entries for what has expired, at some lines.
    ///
    /// A trace is judged only when the sweep meets it a second time: while old logs are read, other services' lines
    /// may still be to come.
    @inline(__always) private mutating func sweep(now: Int64) {
        linesSinceSweep &+= 1
        if linesSinceSweep & (Self.linesASweep &- 1) == 0 { sweepSet(now: now) }
    }

    @inline(never) private mutating func sweepSet(now: Int64) {
        for place in sweepAt..<sweepAt &+ IDTable.places where !table.isFree(place) {
            guard now &- table.seen(place) > remember else { continue }
            let flags = table.flags(place)
            if flags.contains(.isTrace), !flags.contains(.isDue) {
                table.stamp(place, seen: table.seen(place), flags.union(.isDue))
            } else {
                release(place)
                table.clear(place)
            }
        }
        sweepAt = (sweepAt &+ IDTable.places) & (table.capacity &- 1)
        table.prefetch(set: sweepAt)
    }

    /// Judges the trace at a place that is about to be used for something else.
    @inline(__always) private mutating func release(_ place: Int) {
        let flags = table.flags(place)
        guard !table.isFree(place), flags.contains(.isTrace), !flags.contains(.isForeign) else { return }
        // one that had to go early has not had its time
        guard flags.contains(.isDue) || flags.contains(.isContinued) else { return }
        continuity.end(ofTraceFrom: table[place].service, isContinued: flags.contains(.isContinued))
    }

    // MARK: - Table

    @inline(__always) private static func key(_ hash: UInt64, _ scope: UInt64) -> UInt64 {
        IDHash.mix(hash ^ scope, 0xA076_1D64_78BD_642F) | 1
    }

    @inline(__always) private static func key(_ trace: TraceID) -> UInt64 {
        key(trace.low ^ (trace.high &* 0xE703_7ED1_A0B4_28DB), traceScope)
    }

    private func trace(at place: Int) -> TraceID? { TraceID(high: table[place].high, low: table[place].low) }

    private mutating func occupy(
        _ place: Int,
        _ key: UInt64,
        _ trace: TraceID,
        _ line: Line,
        _ flags: IDTable.Flags
    ) {
        release(place)
        let entry = IDTable.Entry(high: trace.high, low: trace.low, service: line.service, began: line.time)
        table.put(key, at: place, entry, seen: line.time, flags)
    }
}
