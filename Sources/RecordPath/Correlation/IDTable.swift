internal import CScan

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The table of `RequestMemory`: fixed size, in sets of eight places; where a set is full, what was seen longest ago
/// gives way.
///
/// The keys of a set lie in one cache line and their stamps in another, apart from what they stand for: looking for a
/// key that is not there, and finding a place for it, touches two lines. `prefetch` asks for them ahead of time.
struct IDTable: ~Copyable {
    /// What a key stands for.
    struct Entry: BitwiseCopyable {
        var high: UInt64
        var low: UInt64
        /// The service that a trace began in.
        var service: UInt64
        /// When a trace began.
        var began: Int64
    }

    /// Notes about an entry, in the lowest bits of its stamp.
    struct Flags: OptionSet {
        let rawValue: Int64

        static let isTrace = Flags(rawValue: 1)
        /// A trace was seen in another service than the one it began in.
        static let isContinued = Flags(rawValue: 2)
        /// Services have seen a request id with different traces.
        static let isSplit = Flags(rawValue: 2)
        /// A trace has expired and the sweep has met it before.
        static let isDue = Flags(rawValue: 4)
        /// A trace began at another worker, which judges it.
        static let isForeign = Flags(rawValue: 8)
        static let mask: Int64 = 15
    }

    static let places = 8

    let capacity: Int
    private let remember: Int64
    private let memory: UnsafeMutableRawPointer
    // Invariant: `capacity` (a power of two) elements each, in `memory`, which is ours alone; keys and stamps begin at
    // a cache line.
    /// 0: free.
    private let keys: UnsafeMutablePointer<UInt64>
    /// When a key was last seen, to 16 ns, with its flags.
    private let stamps: UnsafeMutablePointer<Int64>
    private let entries: UnsafeMutablePointer<Entry>

    /// Makes an empty table; what is older than `remember` nanoseconds counts as absent.
    init(capacity wanted: Int, remember: Int64) {
        var capacity = 64
        while capacity < wanted, capacity < 1 << 22 { capacity *= 2 }
        self.capacity = capacity
        self.remember = remember
        // calloc: pages that are never used are never there
        guard let memory = calloc(capacity * 48 + 64, 1) else { fatalError("out of memory") }
        self.memory = memory
        let start = memory.alignedUp(toMultipleOf: 64)
        keys = start.bindMemory(to: UInt64.self, capacity: capacity)
        stamps = (start + capacity * 8).bindMemory(to: Int64.self, capacity: capacity)
        entries = (start + capacity * 16).bindMemory(to: Entry.self, capacity: capacity)
    }

    deinit { free(memory) }

    /// The entry at a place.
    subscript(place: Int) -> Entry {
        @inline(__always) get { entries[place] }
        @inline(__always) nonmutating set { entries[place] = newValue }
    }

    @inline(__always) func isFree(_ place: Int) -> Bool { keys[place] == 0 }

    @inline(__always) func flags(_ place: Int) -> Flags { Flags(rawValue: stamps[place] & Flags.mask) }

    /// When the key at a place was last seen.
    @inline(__always) func seen(_ place: Int) -> Int64 { stamps[place] & ~Flags.mask }

    @inline(__always) func stamp(_ place: Int, seen: Int64, _ flags: Flags) {
        stamps[place] = seen & ~Flags.mask | flags.rawValue
    }

    /// Where a key is; negative where it is not, or what is there has expired.
    @inline(__always) func find(_ key: UInt64, _ time: Int64) -> Int {
        let home = home(key)
        for place in home..<home &+ Self.places where keys[place] == key { return isFresh(place, time) ? place : -1 }
        return -1
    }

    /// Where a key that is not there may go.
    @inline(__always) func room(_ key: UInt64) -> Int {
        let home = home(key)
        var oldest = home
        for place in home..<home &+ Self.places {
            if keys[place] == key || keys[place] == 0 { return place }
            if stamps[place] < stamps[oldest] { oldest = place }
        }
        return oldest
    }

    /// Puts a key at the place that `room` gave.
    @inline(__always) func put(_ key: UInt64, at place: Int, _ entry: Entry, seen: Int64, _ flags: Flags) {
        keys[place] = key
        entries[place] = entry
        stamp(place, seen: seen, flags)
    }

    /// Empties a place.
    @inline(__always) func clear(_ place: Int) { keys[place] = 0 }

    /// Asks the memory for what a look at a key will need.
    @inline(__always) func prefetch(_ key: UInt64) { prefetch(set: home(key)) }

    /// Asks the memory for the set that begins at a place.
    @inline(__always) func prefetch(set first: Int) {
        martlet_prefetch(keys + first)
        martlet_prefetch(stamps + first)
    }

    @inline(__always) private func isFresh(_ place: Int, _ time: Int64) -> Bool {
        let (age, overflow) = time.subtractingReportingOverflow(seen(place))
        return !overflow && age <= remember && age >= -remember
    }

    @inline(__always) private func home(_ key: UInt64) -> Int {
        Int(truncatingIfNeeded: key >> 16) & (capacity &- Self.places)
    }
}
