/// A growing array of values that cannot be copied; elements are reached by pointer and never move their contents
/// out.
///
/// The pool owns them and destroys them with itself.
struct Pool<Element: ~Copyable>: ~Copyable {
    // Invariant: the first `count` of `capacity` elements are initialised.
    private var base: UnsafeMutablePointer<Element>
    private var capacity: Int
    private(set) var count = 0

    init(capacity: Int = 16) {
        self.capacity = max(capacity, 1)
        base = .allocate(capacity: self.capacity)
    }

    deinit {
        base.deinitialize(count: count)
        base.deallocate()
    }

    /// The element at `index`; the pointer is good until the next `append` or `removeAll`.
    @inline(__always) func pointer(at index: Int) -> UnsafeMutablePointer<Element> {
        precondition(index >= 0 && index < count)
        return base + index
    }

    /// Adds an element and gives its index.
    mutating func append(_ element: consuming Element) -> Int {
        if count == capacity {
            let larger = UnsafeMutablePointer<Element>.allocate(capacity: capacity * 2)
            larger.moveInitialize(from: base, count: count)
            base.deallocate()
            base = larger
            capacity *= 2
        }
        (base + count).initialize(to: element)
        count += 1
        return count - 1
    }

    /// Destroys all elements and keeps the memory.
    mutating func removeAll() {
        base.deinitialize(count: count)
        count = 0
    }
}
