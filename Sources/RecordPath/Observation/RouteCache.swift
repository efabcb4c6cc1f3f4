/// Which route and which series the requests of a path count for, remembered by a hash of path and labels:
/// direct-mapped, so that it never grows.
struct RouteCache: ~Copyable {
    private static let slots = 4096

    /// What is known of a path with its service, method and status class.
    struct Slot: BitwiseCopyable {
        /// 0: free.
        var hash: UInt64 = 0
        var route: UInt32 = 0
        /// Number of the request series plus one; 0: it must be looked up.
        var request: UInt32 = 0
    }

    private var entries = Column<Slot>(repeating: Slot(), count: slots)
    private let recogniser: RouteTemplates
    /// Without configured templates a number at the end is an id, whichever it is.
    private let takesNumbersAsOne: Bool
    private var template = Arena(capacity: RouteTemplates.maxBytes)

    init(templates: [String]) {
        recogniser = RouteTemplates(templates: templates)
        takesNumbersAsOne = templates.isEmpty
    }

    /// Forgets all numbers: they mean other routes and series now.
    mutating func removeAll() { entries = Column(repeating: Slot(), count: Self.slots) }

    /// What is known of a path; the pointer is good until the next call.
    ///
    /// 32 bytes behind the path are readable. `labels` are service, method and status class.
    @inline(__always) mutating func slot(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        labels: UInt64,
        signals: inout GoldenSignals
    ) -> UnsafeMutablePointer<Slot> {
        let path64 = Self.hash(path, count, takesNumbersAsOne: takesNumbersAsOne)
        let hash = Bytes.mix(path64 ^ labels &* 0x9E37_79B9_7F4A_7C15, 0xA076_1D64_78BD_642F) | 1
        let slot = entries.pointer(at: Int(truncatingIfNeeded: hash &>> 12) & (Self.slots &- 1))
        if slot.pointee.hash != hash {
            slot.pointee = Slot(hash: hash, route: recognise(path, count, signals: &signals))
        }
        return slot
    }

    /// A hash of a path; with `takesNumbersAsOne` the same for all that differ in a last segment of at most seven
    /// digits only: `/orders/1`, `/orders/2`, ….
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
        return Bytes.tableHash(path, isNumbered ? end : count, seed: seed)
    }

    @inline(never) private mutating func recognise(
        _ path: UnsafePointer<UInt8>,
        _ count: Int,
        signals: inout GoldenSignals
    ) -> UInt32 {
        let length = recogniser.write(path, count, to: template.base)
        return signals.route(UnsafePointer(template.base), length)
    }
}
