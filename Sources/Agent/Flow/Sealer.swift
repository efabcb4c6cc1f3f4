import Outputs
import RecordPath

/// Decides when a worker's open requests are sealed and its group is closed, and compresses bodies.
///
/// A request is sealed when it is full; the group, with everything that is open in it, when its first record is as
/// old as the shortest `batch.age`, or when it holds a good part of the memory there is. All outputs share the
/// moment, because only then one position stands for all of them.
struct Sealer: ~Copyable {
    /// The body being sealed, before compression; reused.
    var raw = Arena(capacity: 0)
    private let outlets: [Worker.Outlet]
    private let memory: MemoryPlan
    private let tables: TableBudget
    /// What this worker may hold, as of the last group.
    private(set) var share: MemoryPlan.Share
    private let age: Duration
    private var compressors = CompressorSet()
    private var pendingBytes: [Int]
    private var openedAt: ContinuousClock.Instant?

    init(outlets: [Worker.Outlet], memory: MemoryPlan, tables: TableBudget) {
        self.outlets = outlets
        self.memory = memory
        self.tables = tables
        share = memory.share(beside: tables.used)
        age = outlets.map(\.batchAge).min() ?? .seconds(1)
        pendingBytes = outlets.map { _ in 0 }
        for outlet in outlets { compressors.add(outlet.compression) }
    }

    /// How long the worker may wait before its group is due; nil: it is empty.
    var timeToClose: Duration? {
        guard let openedAt else { return nil }
        return max(.zero, age - (ContinuousClock.now - openedAt))
    }

    /// Whether anything came into the group.
    var isOpen: Bool { openedAt != nil }

    /// Notes that something came into the group.
    mutating func opened() { if openedAt == nil { openedAt = .now } }

    /// The group is closed.
    mutating func closed() {
        openedAt = nil
        share = memory.share(beside: tables.used)
    }

    /// Whether the group must be closed.
    func isDue(rawBytes: Int, bodyBytes: Int) -> Bool {
        guard let openedAt else { return false }
        return rawBytes >= share.groupBytes || bodyBytes >= share.groupBodyBytes
            || ContinuousClock.now - openedAt >= age
    }

    /// Notes how much an encoder holds.
    mutating func pending(_ index: Int, _ bytes: Int) { pendingBytes[index] = bytes }

    func hasPending(_ index: Int) -> Bool { pendingBytes[index] > 0 }

    func isFull(_ index: Int) -> Bool { pendingBytes[index] >= min(outlets[index].batchBytes, share.requestBytes) }

    /// The compressed form of `raw` for an output; it starts a new request there.
    mutating func compress(_ index: Int) -> [UInt8]? {
        pendingBytes[index] = 0
        return compressors.compress(raw, at: index)
    }

    /// Gives back what a request took that was larger than `bytes`.
    mutating func shrink(to bytes: Int) {
        raw.removeAll()
        raw.shrink(to: bytes)
        compressors.shrink(to: bytes)
    }
}
