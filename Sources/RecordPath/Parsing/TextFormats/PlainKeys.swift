/// Keys that are looked for in text, where `key=value` or `key: value` stands in a sentence.
struct PlainKeys: Sendable {
    static let shared = PlainKeys()
    /// Keys have no more letters.
    static let maxBytes = 16

    private static let names: [(meaning: Meaning, names: String)] = [
        (.traceID, "traceid xb3traceid oteltraceid xtraceid mdctraceid"),
        (.traceContext, "traceparent ubertraceid xamzntraceid b3"), (.datadogTraceID, "ddtraceid"),
        (.spanID, "spanid xb3spanid otelspanid"), (.datadogSpanID, "ddspanid"),
        (.requestID, "requestid reqid xrequestid correlationid xcorrelationid awsrequestid rid httprequestid"),
        (.service, "service"), (.level, "level lvl severity loglevel"), (.method, "method httpmethod requestmethod"),
        (.path, "path uri url requesturi requestpath httppath"), (.route, "route httproute"),
        (.status, "status statuscode httpstatus responsecode"),
        (.latency, "duration latency elapsed took requestduration"), (.latencySeconds, "requesttime rt"),
        (.latencyMillis, "durationms latencyms elapsedms responsetime tookms responsetimems"),
        (.latencyMicros, "durationus latencyus elapsedus"), (.latencyNanos, "durationns latencyns elapsedns"),
    ]

    private struct Slot {
        var low: UInt64
        var high: UInt64
        var meaning: Meaning
    }

    private static let bits: UInt64 = 8
    private var slots = [Slot](repeating: Slot(low: 0, high: 0, meaning: .other), count: 1 << 8)

    private init() {
        for (meaning, names) in Self.names {
            for name in names.split(separator: " ") {
                let bytes = Array(name.utf8)
                bytes.withUnsafeBufferPointer { bytes in
                    guard let base = bytes.baseAddress, let word = Self.word(base, 0, bytes.count) else { return }
                    var index = Self.home(word.low, word.high)
                    while slots[index].meaning != .other { index = (index + 1) & 255 }
                    slots[index] = Slot(low: word.low, high: word.high, meaning: meaning)
                }
            }
        }
    }

    /// What the key between two offsets means.
    @inline(__always) func meaning(_ base: UnsafePointer<UInt8>, _ start: Int, _ end: Int) -> Meaning {
        guard let word = Self.word(base, start, end) else { return .other }
        var index = Self.home(word.low, word.high)
        while slots[index].meaning != .other {
            if slots[index].low == word.low, slots[index].high == word.high { return slots[index].meaning }
            index = (index &+ 1) & 255
        }
        return .other
    }

    /// The letters and digits of a key in lower case as two numbers; nil where they are none or too many.
    @inline(__always) private static func word(
        _ base: UnsafePointer<UInt8>,
        _ start: Int,
        _ end: Int
    ) -> (low: UInt64, high: UInt64)? {
        var low: UInt64 = 0
        var high: UInt64 = 0
        var count = 0
        for index in start..<end {
            let byte = base[index]
            if byte == 0x5F || byte == 0x2D || byte == 0x2E { continue }
            guard count < maxBytes else { return nil }
            high = high &<< 8 | low &>> 56
            low = low &<< 8 | UInt64(ASCII.lowercased(byte))
            count &+= 1
        }
        return count > 0 ? (low, high) : nil
    }

    @inline(__always) private static func home(_ low: UInt64, _ high: UInt64) -> Int {
        Int(truncatingIfNeeded: ((low ^ (high &* 0xA076_1D64_78BD_642F)) &* 0x9E37_79B9_7F4A_7C15) >> (64 &- bits))
    }
}
