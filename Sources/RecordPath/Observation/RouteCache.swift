/// Route templates of paths, remembered by the path's hash: direct-mapped, so that it never grows.
struct RouteCache: ~Copyable {
    private static let slots = 4096

    private struct Slot {
        var hash: UInt64
        var route: UInt32
    }

    // Invariant: `slots` entries, never resized.
    private let entries: UnsafeMutablePointer<Slot>
    private let recogniser: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private var template = [UInt8](repeating: 0, count: RouteTemplates.maxBytes + Arena.slack)

    init(templates: [String]) {
        recogniser = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
        entries = .allocate(capacity: Self.slots)
        entries.initialize(repeating: Slot(hash: 0, route: 0), count: Self.slots)
    }

    deinit { entries.deallocate() }

    /// Forgets all numbers: they mean other routes now.
    mutating func removeAll() { entries.update(repeating: Slot(hash: 0, route: 0), count: Self.slots) }

    /// The number of a path's template.
    ///
    /// 16 bytes behind the path are readable.
    @inline(__always) mutating func route(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        signals: inout GoldenSignals
    ) -> UInt32 {
        let hash = Self.hash(path, count, takesNumbersAsOne: takesNumbersAsOne)
        let slot = entries + Int(truncatingIfNeeded: hash &>> 12) & (Self.slots &- 1)
        if slot.pointee.hash == hash { return slot.pointee.route }
        let route = recognise(path, count, signals: &signals)
        slot.pointee = Slot(hash: hash, route: route)
        return route
    }

    /// A hash of a path, never 0; with `takesNumbersAsOne` the same for all that differ in a last segment of at most
    /// seven digits only: `/orders/1`, `/orders/2`, ….
    @inline(__always) static func hash(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        takesNumbersAsOne: Bool
    ) -> UInt64 {
        let digits = Bytes.trailingDigits(path, count)
        let end = count &- digits
        let isNumbered =
            takesNumbersAsOne && digits > 0 && digits < 8 && end > 0 && path[max(end, 1) &- 1] == 0x2F
        let seed: UInt64 = isNumbered ? 0x9E37_79B9_7F4A_7C15 : 0
        return Bytes.tableHash(path, isNumbered ? end : count, seed: seed) | 1
    }

    @inline(never) private mutating func recognise(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        signals: inout GoldenSignals
    ) -> UInt32 {
        template.withUnsafeMutableBufferPointer { buffer in
            guard let target = buffer.baseAddress else { return signals.otherRoute }
            let length = recogniser.write(path, count, to: target)
            return signals.route(UnsafePointer(target), length)
        }
    }
}
