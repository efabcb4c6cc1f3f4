#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A stretch of bytes that a detector may look at: a line, a string of it, or a decoded view of one.
///
/// Reading outside the stretch gives 0, so that detectors need no bounds of their own. Invariant: `base` points to
/// at least `upper + 64` readable bytes for as long as the value is used (one call of the redactor).
struct Text {
    let base: UnsafePointer<UInt8>
    let lower: Int
    let upper: Int

    @inline(__always) init(_ base: UnsafePointer<UInt8>, _ lower: Int, _ upper: Int) {
        self.base = base
        self.lower = lower
        self.upper = upper
    }

    /// The byte at an offset, 0 outside.
    @inline(__always) subscript(offset: Int) -> UInt8 { offset >= lower && offset < upper ? base[offset] : 0 }

    /// The first offset from `start` on whose byte is not in the set, `limit` at most.
    @inline(__always) func end(of set: ByteSet, from start: Int, limit: Int = .max) -> Int {
        var i = start
        let stop = min(upper, limit)
        while i < stop, set.contains(base[i]) { i &+= 1 }
        return i
    }

    /// The first offset from `start` on that does not hold the byte; eight at a time.
    func end(ofRun byte: UInt8, from start: Int) -> Int {
        let word = UInt64(byte) &* 0x0101_0101_0101_0101
        var i = start
        while i + 8 <= upper, UnsafeRawPointer(base + i).loadUnaligned(as: UInt64.self) == word { i &+= 8 }
        while i < upper, base[i] == byte { i &+= 1 }
        return i
    }

    /// The first offset of the run of set members that ends right before `end`; at most `reach` bytes back.
    @inline(__always) func start(of set: ByteSet, before end: Int, reach: Int) -> Int {
        var i = end
        let stop = max(lower, end - reach)
        while i > stop, set.contains(base[i - 1]) { i &-= 1 }
        return i
    }

    /// Whether the ASCII text stands at an offset; letters match in both cases where `folding`.
    func has(_ text: StaticString, at offset: Int, folding: Bool = false) -> Bool {
        let count = text.utf8CodeUnitCount
        guard offset >= lower, upper - offset >= count else { return false }
        for i in 0..<count {
            let byte = base[offset + i]
            let wanted = text.utf8Start[i]
            if byte != wanted, !folding || byte.lowercased != wanted.lowercased { return false }
        }
        return true
    }

    /// The next offset of a byte in [start, limit), nil if there is none.
    @inline(__always) func first(_ byte: UInt8, from start: Int, limit: Int = .max) -> Int? {
        let stop = min(upper, limit)
        guard start < stop, let found = memchr(base + start, Int32(byte), stop - start) else { return nil }
        return UnsafeRawPointer(base).distance(to: found)
    }

    /// The offset behind blanks.
    @inline(__always) func skippingBlanks(from start: Int, limit: Int = .max) -> Int {
        end(of: .blanks, from: start, limit: limit)
    }

    /// Whether no letter or digit, or only an escape, stands before an offset: the kernel's left edge.
    func hasLeftEdge(at offset: Int) -> Bool {
        guard offset > lower, base[offset - 1].isAlphanumeric else { return true }
        if self[offset - 2] == 0x5C || self[offset - 3] == 0x25 { return true }
        return isBehindColour(offset)
    }

    /// Whether a point with something before it, as in `0.123` and `v1.2`, stands before an offset; an ellipsis does not
    /// count.
    func isBehindPoint(_ offset: Int) -> Bool { self[offset - 1] == 0x2E && self[offset - 2].isAlphanumeric }

    /// Whether `ESC [ … m` ends right before an offset.
    private func isBehindColour(_ offset: Int) -> Bool {
        guard self[offset - 1] == 0x6D else { return false }
        var i = offset - 1
        while i > offset - 16, self[i - 1].isDigit || self[i - 1] == 0x3B { i -= 1 }
        guard self[i - 1] == 0x5B else { return false }
        return self[i - 2] == 0x1B || (3...7).contains { self[i - $0] == 0x5C }
    }

    /// How many different bytes stand in a range, counted up to `limit`.
    func distinctBytes(in range: Range<Int>, limit: Int) -> Int {
        var seen = ByteSet(low: 0, high: 0)
        var count = 0
        for i in range where !seen.contains(base[i]) {
            seen.insert(base[i])
            count += 1
            if count >= limit { break }
        }
        return count
    }
}
