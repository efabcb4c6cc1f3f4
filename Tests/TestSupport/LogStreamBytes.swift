/// Writes log streams as the engine writes them, for tests without an engine.
package enum LogStreamBytes {
    /// One frame of the multiplexed stream; `kind` 1 is stdout, 2 stderr, 3 the engine's own error.
    package static func frame(_ kind: UInt8, _ payload: some Collection<UInt8>) -> [UInt8] {
        let length = UInt32(payload.count)
        return [
            kind, 0, 0, 0, UInt8(length >> 24), UInt8(truncatingIfNeeded: length >> 16),
            UInt8(truncatingIfNeeded: length >> 8), UInt8(truncatingIfNeeded: length),
        ] + payload
    }

    /// A message with its timestamp: seconds and nanoseconds after 2024-01-01.
    package static func message(_ text: some StringProtocol, second: Int = 0, nanosecond: Int = 0) -> [UInt8] {
        Array((stamp(second, nanosecond) + text).utf8)
    }

    /// 31 bytes: a timestamp and a space.
    ///
    /// Seconds count from 2024-01-01 and stay within the day.
    package static func stamp(_ second: Int, _ nanosecond: Int) -> String {
        let clock = [second / 3600, second / 60 % 60, second % 60].map { two($0) }.joined(separator: ":")
        let digits = String(nanosecond)
        return "2024-01-01T\(clock).\(String(repeating: "0", count: 9 - digits.count))\(digits)Z "
    }

    /// What `stamp` means, in nanoseconds since 1970.
    package static func time(_ second: Int, _ nanosecond: Int) -> Int64 {
        (1_704_067_200 + Int64(second)) * 1_000_000_000 + Int64(nanosecond)
    }

    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }
}
