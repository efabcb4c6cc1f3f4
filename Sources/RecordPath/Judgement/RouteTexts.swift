/// Route templates of paths as text, remembered by the path's hash: direct-mapped, so that it never grows.
struct RouteTexts: ~Copyable {
    private struct Slot {
        var hash: UInt64 = 0
        var length = 0
    }

    private static let slotCount = 1024

    private let templates: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private var slots = [Slot](repeating: Slot(), count: slotCount)
    /// The template of each slot, `RouteTemplates.maxBytes` bytes apart.
    private var texts = Arena(capacity: slotCount * RouteTemplates.maxBytes)

    init(templates: [String]) {
        self.templates = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
        texts.claim(Self.slotCount * RouteTemplates.maxBytes)
    }

    /// The template of a path, good until the next question; nil where there is no path.
    ///
    /// 16 bytes behind the path are readable.
    mutating func template(of path: UnsafeBufferPointer<UInt8>) -> UnsafeBufferPointer<UInt8>? {
        guard let base = path.baseAddress, !path.isEmpty else { return nil }
        let hash = RouteCache.hash(base, path.count, takesNumbersAsOne: takesNumbersAsOne)
        let index = Int(truncatingIfNeeded: hash &>> 12) & (Self.slotCount &- 1)
        let text = texts.base + index &* RouteTemplates.maxBytes
        if slots[index].hash != hash {
            slots[index] = Slot(hash: hash, length: templates.write(base, path.count, to: text))
        }
        let length = slots[index].length
        return length > 0 ? UnsafeBufferPointer(start: text, count: length) : nil
    }
}
