/// A ring of slots of one width, with running sums over the windows that are made of them.
///
/// Slots are numbered from the epoch. A window of n slots holds n whole ones and the one that is filling, so that it
/// spans at least its length and at most one slot more. Moving on by a slot and adding to one cost a few additions a
/// window; sums are integers and never drift.
struct Rung: Sendable, Equatable {
    /// A window over the newest slots.
    struct Window: Sendable, Equatable {
        /// Whole slots it spans; nil: from a slot that stays where it is.
        let slots: Int64?
        /// The oldest slot in it.
        var first: Int64
        var sum = EventCounts()
    }

    let slotMillis: Int64
    /// The slot that is filling.
    private(set) var head: Int64
    private(set) var windows: [Window]
    private var slots: [LadderSlot]

    /// Makes an empty ring that reaches `capacity` whole slots back.
    init(slotMillis: Int64, capacity: Int, windows: [Int64?], now: Int64) {
        precondition(slotMillis > 0 && slotMillis <= LadderSlot.maximumMillis && capacity > 0)
        self.slotMillis = slotMillis
        let head = Self.number(now, slotMillis)
        self.head = head
        slots = Array(repeating: LadderSlot(), count: capacity + 1)
        self.windows = windows.map { Window(slots: $0, first: head - ($0 ?? 0)) }
    }

    /// Bytes of the slots.
    var slotBytes: Int { slots.count * MemoryLayout<LadderSlot>.stride }

    /// The oldest slot there is.
    var tail: Int64 { head - Int64(slots.count) + 1 }

    /// The number of the slot of a time.
    func number(_ time: Int64) -> Int64 { Self.number(time, slotMillis) }

    private static func number(_ time: Int64, _ width: Int64) -> Int64 {
        let quotient = time / width
        return time % width < 0 ? quotient - 1 : quotient
    }

    private func index(_ number: Int64) -> Int {
        let rest = Int(number % Int64(slots.count))
        return rest < 0 ? rest + slots.count : rest
    }

    /// The counts of a slot; nothing outside the ring.
    func counts(at number: Int64) -> EventCounts {
        number >= tail && number <= head ? slots[index(number)].counts : EventCounts()
    }

    /// The counts of a range of slots, as far as the ring reaches.
    func counts(in range: ClosedRange<Int64>) -> EventCounts {
        let first = max(range.lowerBound, tail)
        let last = min(range.upperBound, head)
        guard first <= last else { return EventCounts() }
        return (first...last).reduce(into: EventCounts()) { $0 += slots[index($1)].counts }
    }

    /// Moves on to the slot of a time; never back.
    mutating func advance(to time: Int64) {
        let target = number(time)
        guard target > head else { return }
        guard target - head < Int64(slots.count) else { return startAnew(at: target) }
        while head < target { step() }
    }

    private mutating func step() {
        let oldest = tail
        for index in windows.indices where windows[index].slots != nil || windows[index].first == oldest {
            windows[index].sum -= counts(at: windows[index].first)
            windows[index].first += 1
        }
        head += 1
        slots[index(head)] = LadderSlot()
    }

    /// Everything there was is older than the ring.
    private mutating func startAnew(at target: Int64) {
        slots = Array(repeating: LadderSlot(), count: slots.count)
        head = target
        for index in windows.indices {
            windows[index].sum = EventCounts()
            windows[index].first = windows[index].slots.map { target - $0 } ?? max(windows[index].first, tail)
        }
    }

    /// Adds counts to the slot of that number; false where it lies outside the ring.
    @discardableResult mutating func add(_ counts: EventCounts, at number: Int64) -> Bool {
        guard number >= tail, number <= head else { return false }
        add(counts, at: number, maximumMillis: slotMillis)
        return true
    }

    private mutating func add(_ counts: EventCounts, at number: Int64, maximumMillis: Int64) {
        let change = slots[index(number)].add(counts, maximumMillis: maximumMillis)
        for index in windows.indices where windows[index].first <= number { windows[index].sum += change }
    }

    /// Adds coverage for a stretch of time before `now`, or takes it away where `sign` is negative.
    mutating func cover(_ range: Range<Int64>, sign: Int64, now: Int64) {
        let range = range.clamped(to: tail * slotMillis..<now)
        guard !range.isEmpty else { return }
        for slot in number(range.lowerBound)...number(range.upperBound - 1) {
            let begin = slot * slotMillis
            let from = max(range.lowerBound, begin)
            let to = min(range.upperBound, begin + slotMillis)
            // No slot is covered for longer than it has lasted.
            let elapsed = min(slotMillis, now - begin)
            add(EventCounts(coveredMillis: sign * (to - from)), at: slot, maximumMillis: elapsed)
        }
    }

    /// Lets a window that stays where it is begin at another time.
    mutating func restartWindow(_ window: Int, at time: Int64) {
        let first = max(number(time), tail)
        guard windows[window].slots == nil, windows[window].first != first else { return }
        windows[window].first = first
        windows[window].sum = first <= head ? counts(in: first...head) : EventCounts()
    }
}
