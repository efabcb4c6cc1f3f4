import RecordPath
import Testing

/// How much of what must go does go, and how much of what must stay stays: the bars of the project.
@Suite struct RecallTests {
    /// A value in the places where logs have it; `@@` stands for the value.
    private static let contexts = [
        "@@", "got @@", "[@@]", "(@@)", "'@@'", "\"@@\"", "@@,", "@@;x", "<@@>", "v=@@", "v=@@&w=1", "v: @@", "a|@@|b",
        "{\"note\":\"@@\"}", "{\"note\":\"for @@, then\"}", "{\"a\":{\"b\":[\"x\",\"@@\"]}}",
        "{\"body\":\"{\\\"note\\\":\\\"@@\\\"}\"}",
        "{\"log\":\"line\\n@@\\nnext\"}", "\u{1B}[33m@@\u{1B}[0m done", "2026-11-21T10:00:00Z INFO x.y - @@ (12 ms)",
        "用户@@。", "@@.",
        "note=\"@@\" ok=true", "{'note': '@@'}",
    ]

    @Test func `What is on by default is found in any context`() {
        var redactor = TestRedactor()
        var missed: [String] = []
        var total = 0
        for detector in Detector.catalogue where detector.isOnByDefault && detector.name != "netrc-password" {
            guard let value = Self.value(of: detector) else { continue }
            for context in Self.contexts {
                let line = context.split(separator: "@@", omittingEmptySubsequences: false).joined(separator: value)
                total += 1
                if redactor.redact(line)?.contains(value) != false { missed.append("\(detector.name): \(line)") }
            }
        }
        let recall = 100 - 100 * Double(missed.count) / Double(total)
        #expect(recall >= 99.5, "\(recall) % of \(total)\n\(missed.joined(separator: "\n"))")
    }

    /// The bare value of a detector: its shortest positive without blanks and quotes.
    private static func value(of detector: Detector) -> String? {
        let plain = detector.positives.map(SampleText.expand).filter { sample in
            !sample.contains {
                $0 == " " || $0 == "\"" || $0 == "\\" || $0 == "\n" || $0 == "&" || $0 == "(" || $0 == "["
                    || $0 == "\u{1B}" || $0 == ","
            }
        }
        guard detector.group == .secrets else { return plain.first }
        // A token's samples stand in contexts already: `key TOKEN`.
        let samples = detector.positives.map(SampleText.expand).filter { $0.hasPrefix("key ") && !$0.contains("\"") }
        return samples.first.map { String($0.dropFirst(4)) }.flatMap { $0.contains(" ") ? nil : $0 }
    }

    @Test func `Lines dense in look-alikes stay as they are`() {
        var redactor = TestRedactor()
        var changed: [String] = []
        for form in Self.harmless {
            for seed in 0..<200 {
                let line = SampleText.expand(form, seed: UInt32(seed))
                let redacted = redactor.redact(line)
                if redacted != line { changed.append("\(line)\n  -> \(redacted ?? "nil")") }
            }
        }
        let share = 100 * Double(changed.count) / Double(Self.harmless.count * 200)
        #expect(share <= 0.2, "\(share) %\n\(changed.prefix(20).joined(separator: "\n"))")
    }

    private static let harmless = [
        "10.0.0.{d2} - - [21/Nov/2026:10:{d2}:00 +0000] \"GET /api/v1/items/{d6}?page=2&sort=asc HTTP/1.1\" 200 {d4} \"-\" \"Mozilla/5.0\"",
        "time=2026-11-21T10:00:00.{d3}Z level=info msg=\"request done\" method=GET status=200 took={d2}ms trace_id={h32} span_id={h16}",
        "{\"ts\":17{d11},\"level\":\"info\",\"order_id\":{d12},\"sku\":\"{d13}\",\"trace_id\":\"{h32}\",\"etag\":\"{h40}\",\"n\":{d5}.{d9}}",
        "{\"time\":\"2026-11-21T10:00:00.{d9}Z\",\"request_id\":\"{h8}-{h4}-{h4}-{h4}-{h12}\",\"duration_ns\":{d8},\"version\":\"1.{d2}.{d3}\"}",
        "I1121 10:00:00.{d6}       1 controller.go:{d3}] \"Reconciled\" pod=\"default/api-{h10}-{l5}\" uid=\"{h8}-{h4}-{h4}-{h4}-{h12}\"",
        "\tat com.acme.shop.OrderService$$EnhancerBySpringCGLIB$${h8}.place(OrderService.java:{d3}) ~[classes!/:1.{d2}.3]",
        "DEBUG pulled registry.example/shop/api@sha256:{h64} layer {d2}/12 {d8} bytes in {d4} ms",
        "kernel: [{d5}.{d6}] eth0: renamed from veth{h7}; br-{h12}: port 3 entered forwarding state, sector {d10}",
        "SELECT id, total FROM orders WHERE customer_id = $1 AND created_at > '2026-11-01' LIMIT 50 -- {d2}.{d3} ms rows={d3}",
        "WARN token bucket empty: limit=100 used={d3} key_count={d3} next_token=null author=ci session started: {d2} users",
        "commit {h40} merged, build {d8}, digest {h32}, run {d10}, offset={d9} lag={d4} partition=3",
        "GC pause {d2}.{d3} ms, heap {d4}M->{d3}M, {d10} objects, thread-{d2} tid={d6} addr=0x{h12}",
        "batch {d6}-{d4} took {d4} {d4} us for {d3} {d2} {d4} items, invoice 2026-{d6}, ref {u8}-{d4}",
    ]
}
