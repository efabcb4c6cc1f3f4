/// A growing array of plain numbers and structs for the record path, where it replaces `Array`: no reference count,
/// no copy-on-write check and no bounds check at each access.
///
/// Owned by exactly one value. Indices are numbers that its owner gave out itself, never input.
struct Column<Element: BitwiseCopyable>: ~Copyable {
    // Invariant: the first `count` of `capacity` elements are initialised; the memory is ours alone.
    private(set) var base: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private var capacity: Int

    init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    init(repeating element: Element, count: Int) {
        self.init(capacity: count)
        append(element, count: count)
    }

    init(_ elements: some Collection<Element>) {
        self.init(capacity: elements.count)
        for element in elements { append(element) }
    }

    deinit { base.deallocate() }

    /// The element at an index below `count`.
    subscript(index: Int) -> Element {
        @inline(__always) get {
            assert(index >= 0 && index < count)
            return base[index]
        }
        @inline(__always) nonmutating set {
            assert(index >= 0 && index < count)
            base[index] = newValue
        }
    }

    /// Where the element at an index below `count` stands; good until the next `append`.
    @inline(__always) func pointer(at index: Int) -> UnsafeMutablePointer<Element> {
        assert(index >= 0 && index < count)
        return base + index
    }

    @inline(__always) mutating func append(_ element: Element) {
        if count == capacity { grow(1) }
        base[count] = element
        count &+= 1
    }

    mutating func append(_ element: Element, count extra: Int) {
        if count + extra > capacity { grow(extra) }
        (base + count).initialize(repeating: element, count: extra)
        count += extra
    }

    /// Forgets the elements and keeps the memory.
    mutating func removeAll() { count = 0 }

    /// A copy of some elements.
    func elements(_ range: Range<Int>) -> [Element] {
        precondition(range.lowerBound >= 0 && range.upperBound <= count)
        return Array(UnsafeBufferPointer(start: base + range.lowerBound, count: range.count))
    }

    /// A copy of all elements.
    var all: [Element] { elements(0..<count) }

    @inline(never) private mutating func grow(_ extra: Int) {
        let wanted = max(capacity * 2, count + extra)
        let larger = UnsafeMutablePointer<Element>.allocate(capacity: wanted)
        larger.moveInitialize(from: base, count: count)
        base.deallocate()
        base = larger
        capacity = wanted
    }
}
