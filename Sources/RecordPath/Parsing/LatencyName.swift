/// Units at the end of a duration's name: `latency_ms`, `durationSeconds`, `elapsedNs`.
enum LatencyName {
    private static let units: [(suffix: String, meaning: Meaning)] = [
        ("milliseconds", .latencyMillis), ("millisecond", .latencyMillis), ("millis", .latencyMillis),
        ("msecs", .latencyMillis), ("msec", .latencyMillis), ("ms", .latencyMillis),
        ("microseconds", .latencyMicros), ("microsecond", .latencyMicros), ("micros", .latencyMicros),
        ("usecs", .latencyMicros), ("usec", .latencyMicros), ("us", .latencyMicros), ("µs", .latencyMicros),
        ("nanoseconds", .latencyNanos), ("nanosecond", .latencyNanos), ("nanos", .latencyNanos),
        ("nsecs", .latencyNanos), ("nsec", .latencyNanos), ("ns", .latencyNanos),
        ("seconds", .latencySeconds), ("second", .latencySeconds), ("secs", .latencySeconds),
        ("sec", .latencySeconds), ("s", .latencySeconds),
    ]

    /// The meaning of a duration in this unit; nil for what is no unit.
    static func meaning(ofUnit unit: String) -> Meaning? {
        units.first { $0.suffix == unit.lowercased() }?.meaning
    }

    /// Whether a meaning is a duration.
    static func isLatency(_ meaning: Meaning) -> Bool {
        switch meaning {
        case .latency, .duration, .latencySeconds, .latencyMillis, .latencyMicros, .latencyNanos: true
        default: false
        }
    }

    /// Takes a name apart into stem and unit.
    ///
    /// A unit of one letter must stand behind a separator or as a capital, because `durations` is a plural.
    static func split(
        _ path: Slice<UnsafeBufferPointer<UInt8>>
    ) -> (stem: Slice<UnsafeBufferPointer<UInt8>>, unit: String)? {
        for (suffix, _) in units where path.count > suffix.utf8.count {
            let stem = path.dropLast(suffix.utf8.count)
            let tail = path[stem.endIndex...]
            guard tail.elementsEqual(suffix.utf8, by: { ASCII.lowercased($0) == $1 }) else { continue }
            if suffix == "s" {
                guard let before = stem.last, let letter = tail.first else { continue }
                let isApart = before == 0x5F || before == 0x2D || before == 0x2E
                guard isApart || (ASCII.isUpper(letter) && ASCII.isLower(before)) else { continue }
            }
            return (stem, suffix)
        }
        return nil
    }
}
