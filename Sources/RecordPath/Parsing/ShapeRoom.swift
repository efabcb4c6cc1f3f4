/// Bounds what a worker has learnt of lines, over all of its streams.
struct ShapeRoom {
    /// Every worker has so much.
    private static let least = 512 << 10
    /// What is taken from the tables' budget at once.
    private static let step = 256 << 10

    private let tables: TableBudget
    private var room = Self.least
    private var generation: UInt32 = 1

    init(_ tables: TableBudget) { self.tables = tables }

    /// Whether all shapes may stay, after a batch; false: all of them must be forgotten.
    ///
    /// Those of an earlier generation of keys are void, and streams that are quiet would keep them.
    @inline(__always) mutating func holds(_ bytes: Int, generation: UInt32) -> Bool {
        if bytes <= room, generation == self.generation { return true }
        return makeRoom(for: bytes, generation)
    }

    private mutating func makeRoom(for bytes: Int, _ generation: UInt32) -> Bool {
        if generation == self.generation {
            while bytes > room, tables.take(Self.step, for: .shapes) { room += Self.step }
            if bytes <= room { return true }
        }
        self.generation = generation
        tables.add(Self.least - room, to: .shapes)
        room = Self.least
        return false
    }
}
