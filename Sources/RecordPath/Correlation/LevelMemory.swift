/// Level names that were read before, so that the few that a service prints are looked up once.
struct LevelMemory: ~Copyable {
    private struct Slot: BitwiseCopyable {
        var word: UInt64 = 0
        var count = 0
        var level = Level.none
    }

    private static let slots = 16

    private let memory = Column<Slot>(repeating: Slot(), count: slots)

    /// The level of a name, 8 bytes from whose start are readable; `none` where it is no level.
    @inline(__always) func level(_ text: UnsafePointer<UInt8>, _ count: Int) -> Level {
        guard count <= 8 else { return LevelName.level(text, count) }
        let word = Bytes.prefix64(text, count)
        let slot = memory.pointer(at: Int(truncatingIfNeeded: (word &* 0x9E37_79B9_7F4A_7C15) &>> 60))
        if slot.pointee.word == word, slot.pointee.count == count { return slot.pointee.level }
        return learn(Slot(word: word, count: count, level: .none), text, slot)
    }

    @inline(never) private func learn(
        _ name: Slot,
        _ text: UnsafePointer<UInt8>,
        _ slot: UnsafeMutablePointer<Slot>
    ) -> Level {
        slot.pointee = name
        slot.pointee.level = LevelName.level(text, name.count)
        return slot.pointee.level
    }
}
