/// Deterministic JSON service lines of about 360 bytes, like those of `research/peer-bench.md`: fourteen fields, a
/// quarter of the lines with a nested `http` object, a share of them with something to redact.
struct LineGenerator {
    /// What a line may hold that must go.
    private static let secrets = [
        "contact alice.meyer@example-mail.org for refund", "card 4111 1111 1111 1111 declined",
        "token eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.dozjgNryP4J3jVmNHl0w5N_XgL0n3I9PlFUP0THsR8U rejected",
        "using key AKIAZ7Q2MWX4N6VB3TRY for upload", "pushed with ghp_a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8",
        "connect postgres://shop:s3cr3t-Pa55@db.internal:5432/shop failed",
    ]
    private static let messages = [
        "order accepted and queued for fulfilment", "cart updated", "payment authorised by provider after retry",
        "cache miss, loading product from the database", "request completed", "inventory reserved for the order",
    ]
    private static let routes = [
        "/api/v1/orders", "/api/v1/cart/items", "/api/v1/products", "/checkout/confirm", "/login",
    ]
    private static let services = ["checkout", "catalog", "payments", "accounts"]

    private var state: UInt64
    private var milliseconds = 0
    /// Lines of a thousand that hold something to redact.
    let sensitivePerMille: Int

    init(seed: UInt64 = 42, sensitivePerMille: Int = 80) {
        state = seed
        self.sensitivePerMille = sensitivePerMille
    }

    /// The next line, without its newline.
    mutating func next() -> String {
        let service = pick(Self.services)
        let status = below(100) < 3 ? 503 : below(100) < 8 ? 404 : 200
        let isSensitive = below(1000) < sensitivePerMille
        let message = isSensitive ? pick(Self.secrets) : pick(Self.messages)
        let route = pick(Self.routes) + (below(3) == 0 ? "/\(below(100_000))" : "")
        let level = status >= 500 ? "error" : below(20) == 0 ? "warn" : "info"
        milliseconds += below(3)
        let (minute, second) = (milliseconds / 60_000 % 60, milliseconds / 1000 % 60)
        let time =
            "2026-11-21T\(two(milliseconds / 3_600_000 % 24)):\(two(minute)):\(two(second)).\(three(milliseconds % 1000))Z"
        let request =
            below(4) == 0
            ? "\"http\":{\"method\":\"GET\",\"path\":\"\(route)\",\"status\":\(status),\"duration_ms\":\(below(900)).\(below(1000))}"
            : "\"method\":\"POST\",\"path\":\"\(route)\",\"status\":\(status),\"duration_ms\":\(below(900)).\(below(1000))"
        return "{\"time\":\"\(time)\",\"level\":\"\(level)\",\"service\":\"\(service)\",\"msg\":\"\(message)\","
            + request + ",\"bytes\":\(below(50_000)),\"trace_id\":\"\(hex())\(hex())\",\"span_id\":\"\(hex())\","
            + "\"request_id\":\"req-\(hex())\",\"client\":{\"ip\":\"10.\(below(256)).\(below(256)).7\",\"version\":\"2.\(below(30)).1\"},"
            + "\"region\":\"eu-central-1\"}"
    }

    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ z >> 30) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ z >> 27) &* 0x94D0_49BB_1331_11EB
        return z ^ z >> 31
    }

    private mutating func below(_ limit: Int) -> Int { Int(random() % UInt64(limit)) }

    private mutating func pick(_ list: [String]) -> String { list[below(list.count)] }

    private mutating func hex() -> String {
        let digits = String(random(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    private func two(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }

    private func three(_ number: Int) -> String { number < 100 ? "0" + two(number) : "\(number)" }
}
