/// The documents that wait in one framing until the worker takes them.
struct DocumentBody: ~Copyable {
    var bytes = Arena(capacity: 64 * 1024)
    private(set) var pending = Pending()

    /// Notes that a record of this time has been appended.
    @inline(__always) mutating func count(_ time: Int64) {
        pending.records &+= 1
        pending.bytes = bytes.count
        pending.oldest = min(pending.oldest, time)
    }

    /// Appends everything to `target` and starts anew.
    mutating func take(into target: inout Arena) {
        if target.count == 0 {
            swap(&bytes, &target)
        } else {
            target.put(UnsafePointer(bytes.base), bytes.count)
        }
        bytes.removeAll()
        pending = Pending()
    }

    /// Gives memory back that is more than `limit`, when nothing waits.
    mutating func shrink(to limit: Int) { bytes.shrink(to: limit) }
}
