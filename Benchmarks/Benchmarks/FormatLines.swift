/// Deterministic lines of the other formats, as many services print them.
struct FormatLines {
    private static let keys = [
        "order", "cart", "user_ref", "shard", "attempt", "queue", "worker", "bytes", "rows", "cache", "region", "zone",
        "version", "build", "tenant_ref", "batch", "offset", "partition", "topic", "node",
    ]
    private static let words = ["accepted", "queued", "for", "fulfilment", "cart", "updated", "cache", "miss", "retry"]
    private static let agents = [
        "Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
        "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Safari/537.36",
        "curl/8.5.0",
    ]

    private var state: UInt64 = 99
    private var seconds = 0

    /// All canonical fields and up to a dozen others, in an order that no two lines share.
    mutating func changingJSON() -> String {
        var members = [
            "\"time\":\"\(time())\"", "\"level\":\"info\"", "\"service\":\"checkout\"",
            "\"msg\":\"\(sentence(6))\"", "\"method\":\"POST\"", "\"path\":\"/api/v1/orders/\(below(90_000))\"",
            "\"status\":\(200 + below(4))", "\"duration_ms\":\(below(900)).\(below(1000))",
            "\"trace_id\":\"\(hex())\(hex())\"", "\"span_id\":\"\(hex())\"", "\"request_id\":\"req-\(hex())\"",
        ]
        for _ in 0..<2 + below(8) { members.append("\"\(pick(Self.keys))-\(below(40))\":\(below(100_000))") }
        for index in stride(from: members.count - 1, to: 0, by: -1) { members.swapAt(index, below(index + 1)) }
        return "{" + members.joined(separator: ",") + "}"
    }

    mutating func logfmt() -> String {
        "time=\(time()) level=info service=checkout msg=\"\(sentence(6))\" method=GET path=/api/v1/orders/\(below(90_000)) "
            + "status=200 duration=\(below(900)).\(below(1000))ms trace_id=\(hex())\(hex()) request_id=req-\(hex()) "
            + "bytes=\(below(90_000)) region=eu-central-1"
    }

    mutating func accessLog() -> String {
        "203.0.113.\(below(256)) - - [21/Nov/2026:11:\(two(seconds / 60 % 60)):\(two(seconds % 60)) +0000] "
            + "\"GET /api/v1/orders/\(below(90_000))?page=\(below(9)) HTTP/1.1\" 200 \(1000 + below(90_000)) "
            + "\"https://shop.example/cart\" \"\(pick(Self.agents))\""
    }

    mutating func logback() -> String {
        "\(time()) INFO  [http-nio-8080-exec-\(below(20))] com.example.shop.OrderService - order \(below(90_000)) "
            + sentence(8)
    }

    mutating func text() -> String { sentence(9 + below(12)) }

    private mutating func sentence(_ count: Int) -> String {
        (0..<count).map { _ in pick(Self.words) }.joined(separator: " ")
    }

    private mutating func time() -> String {
        seconds += below(2)
        return "2026-11-21T11:\(two(seconds / 60 % 60)):\(two(seconds % 60)).\(100 + below(900))Z"
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
}
