/// A time of day as it was read.
struct Clock {
    /// Seconds since midnight; 86,400 during a leap second at its end.
    var second: Int
    /// Nanoseconds within it.
    var nanos: Int
    /// Seconds were written.
    var hasSeconds: Bool

    /// Reads `15:04`, `15:04:05`, a fraction behind a point or comma, and `PM`; one digit will do for the hour.
    init?(_ cursor: inout ByteCursor) {
        guard var hour = cursor.number(atMost: 2), hour < 24, cursor.take(0x3A), let minute = cursor.digits(2),
            minute < 60
        else { return nil }
        second = minute * 60
        nanos = 0
        hasSeconds = false
        if cursor.next == 0x3A, ASCII.isDigit(cursor.peek(1)) {
            cursor.position += 1
            guard let written = cursor.digits(2), written <= 60 else { return nil }
            second += written
            hasSeconds = true
            nanos = Self.fraction(&cursor)
        }
        Self.readHalfOfDay(&cursor, &hour)
        second += hour * 3600
    }

    /// Reads `150405` and a fraction, as basic ISO 8601 writes it.
    init?(basic cursor: inout ByteCursor) {
        guard let hour = cursor.digits(2), hour < 24, let minute = cursor.digits(2), minute < 60,
            let written = cursor.digits(2), written <= 60
        else { return nil }
        second = hour * 3600 + minute * 60 + written
        hasSeconds = true
        nanos = Self.fraction(&cursor)
    }

    /// A point or comma and digits; more than nine are cut.
    private static func fraction(_ cursor: inout ByteCursor) -> Int {
        guard cursor.next == 0x2E || cursor.next == 0x2C, ASCII.isDigit(cursor.peek(1)) else { return 0 }
        cursor.position += 1
        var value = 0
        var scale = 1_000_000_000
        while ASCII.isDigit(cursor.next) {
            if scale > 1 {
                value = value * 10 + Int(cursor.next - 0x30)
                scale /= 10
            }
            cursor.position += 1
        }
        return value * scale
    }

    private static func readHalfOfDay(_ cursor: inout ByteCursor, _ hour: inout Int) {
        var probe = cursor
        // Java 20 and later put a narrow no-break space (E2 80 AF) here
        if !probe.take(0x20) { _ = probe.take("\u{202F}") }
        let half = probe.next | 0x20
        guard half == 0x61 || half == 0x70, probe.peek(1) | 0x20 == 0x6D, !ASCII.isAlphanumeric(probe.peek(2)),
            hour >= 1, hour <= 12
        else { return }
        probe.position += 2
        hour = hour % 12 + (half == 0x70 ? 12 : 0)
        cursor = probe
    }
}
