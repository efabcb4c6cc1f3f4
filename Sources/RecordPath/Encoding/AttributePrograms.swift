/// The attribute programs of a worker, by shape and consumed fields.
struct AttributePrograms: ~Copyable {
    /// Programs kept at most; then all are worked out anew.
    static let maximumPrograms = 1024
    /// Bytes that they take at most.
    private static let maximumBytes = 1 << 20
    private static let slotCount = 1024

    private var programs = Pool<AttributeProgram>(capacity: 16)
    private var bytes = 0
    /// The index of the program that was last asked for under each hash.
    private var slots = [Int32](repeating: -1, count: slotCount)

    /// The program for lines of a shape of which these canonical fields are consumed.
    ///
    /// The pointer is good until the next call.
    @inline(__always) mutating func program(
        _ shape: UnsafePointer<Shape>,
        consumed: UInt64,
        _ keys: inout AttributeKeys,
        _ parser: UnsafeMutablePointer<LineParser>
    ) -> UnsafeMutablePointer<AttributeProgram> {
        let hash = (shape.pointee.serial &* 0x9E37_79B9_7F4A_7C15) ^ (consumed &* 0xD6E8_FEB8_6659_FD93)
        let slot = Int(truncatingIfNeeded: hash &>> 54) & (Self.slotCount &- 1)
        let index = slots[slot]
        if index >= 0 {
            let known = programs.pointer(at: Int(index))
            if known.pointee.serial == shape.pointee.serial, known.pointee.consumed == consumed { return known }
        }
        return make(shape, consumed, slot, &keys, parser)
    }

    @inline(never) private mutating func make(
        _ shape: UnsafePointer<Shape>,
        _ consumed: UInt64,
        _ slot: Int,
        _ keys: inout AttributeKeys,
        _ parser: UnsafeMutablePointer<LineParser>
    ) -> UnsafeMutablePointer<AttributeProgram> {
        if programs.count >= Self.maximumPrograms || bytes > Self.maximumBytes {
            programs.removeAll()
            bytes = 0
            for index in slots.indices { slots[index] = -1 }
        }
        keys.begin(generation: parser.pointee.generation)
        let draft = AttributeProgramDraft(shape.pointee, consumed: consumed, &keys, parser.pointee.keys)
        let index = programs.append(AttributeProgram(draft, serial: shape.pointee.serial, consumed: consumed))
        slots[slot] = Int32(index)
        bytes += programs.pointer(at: index).pointee.bytes
        return programs.pointer(at: index)
    }
}
