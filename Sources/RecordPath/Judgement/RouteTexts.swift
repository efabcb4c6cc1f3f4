/// Route templates of paths as text, remembered by the path's hash: direct-mapped, so that it never grows.
struct RouteTexts: ~Copyable {
    private struct Slot: BitwiseCopyable {
        var hash: UInt64 = 0
        var length: Int32 = 0
        /// The template's number plus one; 0: no path, negative: one too many.
        var number: Int32 = 0
    }

    private static let slotCount = 1024

    private let templates: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private let slots = Column<Slot>(repeating: Slot(), count: slotCount)
    /// The template of each slot, `RouteTemplates.maxBytes` bytes apart.
    private var numbers = NameTable()
    private var texts = Arena(capacity: slotCount * RouteTemplates.maxBytes)

    init(templates: [String]) {
        self.templates = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
        texts.claim(Self.slotCount * RouteTemplates.maxBytes)
    }

    /// The template of a path, good until the next question; nil where there is no path.
    ///
    /// 32 bytes behind the path are readable.
    mutating func template(of path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let base = path.baseAddress, !path.isEmpty else { return nil }
        let index = place(base, path.count)
        let length = Int(slots[index].length)
        return length > 0 ? UnsafeBufferPointer(start: text(index), count: length) : nil
    }

    /// The number of a path's template, from 1 on; 0 where there is no path, negative where there are too many.
    @inline(__always) mutating func number(of path: UnsafeBufferPointer<UInt8>) -> Int {
        guard let base = path.baseAddress, !path.isEmpty else { return 0 }
        return Int(slots[place(base, path.count)].number)
    }

    /// Where what is known of a path stands.
    @inline(__always) private mutating func place(_ path: UnsafePointer<UInt8>, _ count: Int) -> Int {
        let hash = RequestCache.hash(path, count, takesNumbersAsOne: takesNumbersAsOne) | 1
        let index = Int(truncatingIfNeeded: hash &>> 12) & (Self.slotCount &- 1)
        if slots[index].hash != hash { learn(path, count, hash, index) }
        return index
    }

    @inline(never) private mutating func learn(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        _ hash: UInt64,
        _ index: Int
    ) {
        let length = templates.write(path, count, to: text(index))
        let number = length == 0 ? 0 : numbers.number(text(index), length, limit: DimensionTexts.maximumTexts)
        slots[index] = Slot(
            hash: hash,
            length: Int32(length),
            number: length == 0 ? 0 : number.map { Int32($0) + 1 } ?? -1
        )
    }

    private func text(_ index: Int) -> UnsafeMutablePointer<UInt8> { texts.base + index &* RouteTemplates.maxBytes }
}
