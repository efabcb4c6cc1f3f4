/// The texts of one entry that name its source, copied out of libsystemd's memory.
struct JournalTexts: ~Copyable {
    /// Which text.
    enum Slot: Int, CaseIterable {
        case unit, subject, identifier, command, container, containerID, image, partialID

        /// Longer texts are cut: none that is honest is.
        var maximumLength: Int { self == .partialID ? 128 : JournalSource.maximumTextLength }
    }

    /// Invariant: a block of `JournalSource.maximumTextLength` bytes for each slot, and its length.
    private let bytes: UnsafeMutablePointer<UInt8>
    private let lengths: UnsafeMutablePointer<Int>

    init() {
        bytes = .allocate(capacity: Slot.allCases.count * JournalSource.maximumTextLength)
        lengths = .allocate(capacity: Slot.allCases.count)
        lengths.initialize(repeating: 0, count: Slot.allCases.count)
    }

    deinit {
        bytes.deallocate()
        lengths.deallocate()
    }

    mutating func removeAll() { lengths.update(repeating: 0, count: Slot.allCases.count) }

    /// Keeps a text; the first one where a field comes twice.
    @inline(__always)
    mutating func set(_ slot: Slot, _ text: UnsafePointer<UInt8>, _ count: Int) {
        guard lengths[slot.rawValue] == 0, count > 0 else { return }
        let length = min(count, slot.maximumLength)
        (bytes + slot.rawValue * JournalSource.maximumTextLength).update(from: text, count: length)
        lengths[slot.rawValue] = length
    }

    /// The text, empty when it is not there.
    ///
    /// Valid until this value changes.
    @inline(__always)
    subscript(slot: Slot) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(
            start: bytes + slot.rawValue * JournalSource.maximumTextLength,
            count: lengths[slot.rawValue]
        )
    }

    @inline(__always)
    func equals(_ slot: Slot, _ other: [UInt8]) -> Bool {
        lengths[slot.rawValue] == other.count && self[slot].elementsEqual(other)
    }
}
