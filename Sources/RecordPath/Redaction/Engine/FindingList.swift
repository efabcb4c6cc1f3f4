/// The findings of one line, in memory that is kept from line to line.
struct FindingList: ~Copyable {
    private var base: UnsafeMutablePointer<Finding>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 64) {
        self.capacity = capacity
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }  // Finding is plain data

    var isEmpty: Bool { count == 0 }

    subscript(i: Int) -> Finding {
        get {
            precondition(i >= 0 && i < count)
            return base[i]
        }
        set {
            precondition(i >= 0 && i < count)
            base[i] = newValue
        }
    }

    mutating func append(_ finding: Finding) {
        if count == capacity { grow() }
        (base + count).initialize(to: finding)
        count += 1
    }

    mutating func removeAll() { count = 0 }

    /// Gives back what a line took that had more findings than `limit`; they are forgotten.
    mutating func shrink(to limit: Int) { if capacity > limit { self = FindingList() } }

    mutating func truncate(to length: Int) {
        precondition(length <= count)
        count = length
    }

    /// Orders findings by their start and makes one of those that overlap: it reaches over all of them and bears the
    /// name of the longest, then of the most specific.
    mutating func resolve() {
        guard count > 1 else { return }
        var all = UnsafeMutableBufferPointer(start: base, count: count)
        all.sort { ($0.start, $1.end) < ($1.start, $0.end) }
        var kept = 0
        for i in 1..<count {
            let next = base[i]
            guard next.start < base[kept].end else {
                kept += 1
                base[kept] = next
                continue
            }
            base[kept] = Self.union(base[kept], next)
        }
        count = kept + 1
    }

    private static func union(_ first: Finding, _ second: Finding) -> Finding {
        let secondWins = second.count != first.count ? second.count > first.count : second.precedence > first.precedence
        var merged = secondWins ? second : first
        merged.start = min(first.start, second.start)
        merged.end = max(first.end, second.end)
        return merged
    }

    private mutating func grow() {
        let larger = UnsafeMutablePointer<Finding>.allocate(capacity: capacity * 2)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity *= 2
    }
}
