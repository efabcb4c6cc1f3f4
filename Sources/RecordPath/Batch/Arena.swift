#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One growing block of bytes, owned by exactly one value.
///
/// `~Copyable`, so that appending costs no reference counting and no copy-on-write check. 64 bytes behind
/// `count` are always readable and writable: copies and scans work in whole vectors and may touch them.
package struct Arena: ~Copyable {
    /// Bytes behind `count` that may be read and overwritten at any time.
    package static let slack = 64

    /// The first byte.
    ///
    /// Invariant: `capacity + slack` bytes from here belong to this arena alone.
    package private(set) var base: UnsafeMutablePointer<UInt8>
    /// Bytes in use.
    package private(set) var count = 0
    /// Bytes that there is room for.
    package private(set) var capacity: Int

    /// Makes an empty arena with room for `capacity` bytes; it grows by doubling.
    package init(capacity: Int = 4096) {
        precondition(capacity >= 0)
        self.capacity = capacity
        base = Self.memory(nil, capacity)
    }

    deinit { free(base) }

    /// Forgets the contents and keeps the memory.
    @inline(__always) package mutating func removeAll() { count = 0 }

    /// Cuts the contents back to their first `length` bytes.
    @inline(__always) package mutating func truncate(to length: Int) {
        precondition(length >= 0 && length <= count)
        count = length
    }

    /// Forgets the first `length` bytes and moves the rest to the front.
    package mutating func removeFirst(_ length: Int) {
        precondition(length >= 0 && length <= count)
        memmove(base, base + length, count - length)
        count -= length
    }

    /// Makes room for `extra` more bytes.
    @inline(__always) package mutating func reserve(_ extra: Int) {
        if count &+ extra > capacity { grow(extra) }
    }

    /// Appends `length` bytes at `source`, of which 31 more must be readable (the slack rule).
    @inline(__always) package mutating func put(_ source: UnsafePointer<UInt8>, _ length: Int) {
        reserve(length)
        let to = UnsafeMutableRawPointer(base + count)
        let from = UnsafeRawPointer(source)
        var done = 0
        repeat {
            (to + done).storeBytes(of: (from + done).loadUnaligned(as: SIMD32<UInt8>.self), as: SIMD32<UInt8>.self)
            done &+= 32
        } while done < length
        count &+= length
    }

    /// Appends bytes that have no slack behind them.
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let from = bytes.baseAddress, bytes.count > 0 else { return }
        reserve(bytes.count)
        memcpy(base + count, from, bytes.count)
        count += bytes.count
    }

    /// Appends the UTF-8 of a string.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    /// Appends the bytes of an array.
    package mutating func append(_ bytes: [UInt8]) { bytes.withUnsafeBufferPointer { append($0) } }

    /// Appends one byte.
    @inline(__always) package mutating func put(_ byte: UInt8) {
        reserve(1)
        base[count] = byte
        count &+= 1
    }

    /// Claims `length` bytes that the caller writes through `base` at once.
    @inline(__always) package mutating func claim(_ length: Int) {
        reserve(length)
        count &+= length
    }

    /// The contents, borrowed for the call.
    package func withBytes<R: ~Copyable, E: Error>(_ body: (UnsafeBufferPointer<UInt8>) throws(E) -> R) throws(E) -> R {
        try body(UnsafeBufferPointer(start: base, count: count))
    }

    /// Whether another arena holds the same bytes.
    func holdsSame(as other: borrowing Arena) -> Bool {
        count == other.count && memcmp(base, other.base, count) == 0
    }

    /// A copy of the contents.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: base, count: count)) }

    /// Gives memory back that is more than `bytes`, when nothing is in it.
    package mutating func shrink(to bytes: Int) {
        guard count == 0, capacity > bytes else { return }
        free(base)
        (base, capacity) = (Self.memory(nil, 0), 0)
    }

    @inline(never) private mutating func grow(_ extra: Int) {
        // Doubling a large block would hold much that is never used.
        let wanted = max(capacity < 1 << 20 ? capacity * 2 : capacity + capacity / 4, count + extra)
        base = Self.memory(base, wanted)
        capacity = wanted
    }

    /// By `realloc`, which moves the pages of a large block instead of copying them; pages that are never written are
    /// never there.
    private static func memory(_ old: UnsafeMutablePointer<UInt8>?, _ capacity: Int) -> UnsafeMutablePointer<UInt8> {
        guard let memory = realloc(old, capacity + slack) else { fatalError("out of memory") }
        return memory.assumingMemoryBound(to: UInt8.self)
    }
}
