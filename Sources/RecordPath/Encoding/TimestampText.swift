/// Writes times as RFC 3339 with nanoseconds (`2026-11-21T11:37:37.000000001Z`).
///
/// Lines come many to a second, so everything up to the seconds is kept from one call to the next.
struct TimestampText: ~Copyable {
    /// Bytes of every time.
    static let textBytes = 30

    private var second = Int64.min
    /// `2026-11-21T11:37:37.`, always 20 bytes.
    private var head = Arena(capacity: 32)

    /// Writes a time, nanoseconds since 1970.
    ///
    /// One before 1970 is written as 1970: OpenSearch's `date_nanos` begins there.
    @inline(__always) mutating func write(_ time: Int64, to pen: inout Pen) {
        let time = UInt64(max(time, 0))
        let (seconds, nanoseconds) = time.quotientAndRemainder(dividingBy: 1_000_000_000)
        if Int64(seconds) != second { start(Int64(seconds)) }
        pen.put(UnsafePointer(head.base), 20)
        pen.putNanoseconds(UInt32(truncatingIfNeeded: nanoseconds))
        pen.put(UInt8(ascii: "Z"))
    }

    @inline(never) private mutating func start(_ second: Int64) {
        self.second = second
        let text = CivilDate.rfc3339(nanoseconds: second * 1_000_000_000)
        head.removeAll()
        head.append(text)
        head.truncate(to: 20)
    }
}
