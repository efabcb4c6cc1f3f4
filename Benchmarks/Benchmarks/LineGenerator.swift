/// Deterministic JSON service lines of about 360 bytes, like those of `research/peer-bench.md`: fourteen fields, a
/// quarter of the lines with a nested `http` object, a share of them with something to redact.
struct LineGenerator {
    /// What a line may hold that must go.
    private static let secrets: [StaticString] = [
        "contact alice.meyer@example-mail.org for refund", "card 4111 1111 1111 1111 declined",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U rejected",
        "using key AKIAZ7Q2MWX4N6VB3TRY for upload", "pushed with ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "connect postgres://shop:s3cr3t-Pa55@db.internal:5432/shop failed",
    ]
    private static let messages: [StaticString] = [
        "order accepted and queued for fulfilment", "cart updated", "payment authorised by provider after retry",
        "cache miss, loading product from the database", "request completed", "inventory reserved for the order",
    ]
    private static let routes: [StaticString] = [
        "/api/v1/orders", "/api/v1/cart/items", "/api/v1/products", "/checkout/confirm", "/login",
    ]
    private static let services: [StaticString] = ["checkout", "catalog", "payments", "accounts"]

    private var state: UInt64
    private var milliseconds: Int
    /// Lines of a thousand that hold something to redact.
    let sensitivePerMille: Int

    /// `milliseconds`: the time of the first line after midnight.
    init(seed: UInt64 = 42, sensitivePerMille: Int = 80, startingAt milliseconds: Int = 0) {
        state = seed &* 0x9E37_79B9_7F4A_7C15
        self.milliseconds = milliseconds
        self.sensitivePerMille = sensitivePerMille
    }

    /// Appends the next line, without a newline.
    mutating func write(to line: inout [UInt8]) {
        let service = pick(Self.services)
        let status = below(100) < 3 ? 503 : below(100) < 8 ? 404 : 200
        let isSensitive = below(1000) < sensitivePerMille
        let message = isSensitive ? pick(Self.secrets) : pick(Self.messages)
        milliseconds += below(3)
        line.put("{\"time\":\"2026-11-21T")
        line.put(milliseconds / 3_600_000 % 24, digits: 2)
        line.put(":")
        line.put(milliseconds / 60_000 % 60, digits: 2)
        line.put(":")
        line.put(milliseconds / 1000 % 60, digits: 2)
        line.put(".")
        line.put(milliseconds % 1000, digits: 3)
        line.put("Z\",\"level\":\"")
        line.put(status >= 500 ? "error" : below(20) == 0 ? "warn" : "info")
        line.put("\",\"service\":\"")
        line.put(service)
        line.put("\",\"msg\":\"")
        line.put(message)
        writeRequest(status, to: &line)
        line.put(",\"bytes\":")
        line.put(below(50_000))
        line.put(",\"trace_id\":\"")
        line.put(hex: random())
        line.put(hex: random())
        line.put("\",\"span_id\":\"")
        line.put(hex: random())
        line.put("\",\"request_id\":\"req-")
        line.put(hex: random())
        line.put("\",\"client\":{\"ip\":\"10.")
        line.put(below(256))
        line.put(".")
        line.put(below(256))
        line.put(".7\",\"version\":\"2.")
        line.put(below(30))
        line.put(".1\"},\"region\":\"eu-central-1\"}")
    }

    private mutating func writeRequest(_ status: Int, to line: inout [UInt8]) {
        let isNested = below(4) == 0
        line.put(isNested ? "\",\"http\":{\"method\":\"GET\",\"path\":\"" : "\",\"method\":\"POST\",\"path\":\"")
        line.put(pick(Self.routes))
        if below(3) == 0 {
            line.put("/")
            line.put(below(100_000))
        }
        line.put("\",\"status\":")
        line.put(status)
        line.put(",\"duration_ms\":")
        line.put(below(900))
        line.put(".")
        line.put(below(1000))
        if isNested { line.put("}") }
    }

    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    private mutating func below(_ limit: Int) -> Int { Int(random() % UInt64(limit)) }

    private mutating func pick(_ list: [StaticString]) -> StaticString { list[below(list.count)] }
}

/// Text as bytes: a million lines are made while one waits.
extension [UInt8] {
    fileprivate mutating func put(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    fileprivate mutating func put(_ number: Int, digits: Int = 1) {
        var power = 1
        for _ in 1..<digits { power *= 10 }
        while number / power >= 10 { power *= 10 }
        while power > 0 {
            append(UInt8(0x30 + number / power % 10))
            power /= 10
        }
    }

    fileprivate mutating func put(hex number: UInt64) {
        for shift in stride(from: 60, through: 0, by: -4) {
            let digit = UInt8(number >> UInt64(shift) & 15)
            append(digit < 10 ? 0x30 + digit : 0x57 + digit)
        }
    }
}
