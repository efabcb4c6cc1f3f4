import RecordPath

/// Lines of many formats, dense in what looks like secrets and is none; two percent hold one.
struct MixedLines {
    private(set) var lines: [BenchLine] = []

    init(count: Int) {
        for i in 0..<count {
            let form = i % 50 == 7 ? Self.secrets[i / 50 % Self.secrets.count] : Self.forms[i % Self.forms.count]
            lines.append(BenchLine(bytes: Array(SampleText.expand(form).utf8), fields: []))
        }
    }

    private static let forms = [
        "10.0.0.{d2} - - [21/Nov/2026:10:{d2}:00 +0000] \"GET /api/v1/items/{d6}?page=2&sort=asc HTTP/1.1\" 200 {d4} \"https://shop.example/cart\" \"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/120.0.0.0\"",
        "time=2026-11-21T10:00:00.{d3}Z level=info msg=\"request done\" method=GET path=/orders/{d5} status=200 took={d2}ms trace_id={h32} span_id={h16}",
        "2026-11-21 10:00:00,{d3} INFO  [http-nio-8080-exec-3] c.a.shop.OrderController - order {d8} placed in {d3} ms for tenant acme-{d3}",
        "Nov 21 10:00:00 host-{d2} sshd[{d5}]: Connection from 10.0.{d2}.7 port {d5} on 10.0.0.1 port 22 rdomain \"\"",
        "I1121 10:00:00.{d6}       1 controller.go:{d3}] \"Reconciled\" pod=\"default/api-{h10}-{l5}\" uid=\"{h8}-{h4}-{h4}-{h4}-{h12}\" generation={d2}",
        "\tat com.acme.shop.orders.OrderService$$EnhancerBySpringCGLIB$$1a2b3c4d.place(OrderService.java:{d3}) ~[classes!/:1.{d2}.3]",
        "[2026-11-21T10:00:00.{d3}Z] \"GET /healthz HTTP/1.1\" 200 - 0 2 1 0 \"-\" \"kube-probe/1.29\" \"{h8}-{h4}-{h4}-{h4}-{h12}\" \"api:8080\" \"10.1.{d2}.4:8080\" inbound|8080|| 127.0.0.6:{d5}",
        "DEBUG pulling image registry.example/shop/api@sha256:{h64} layer {d2}/12 {d8} bytes",
        "kernel: [ {d5}.{d6}] eth0: renamed from veth{h7}; br-{h12}: port 3(veth{h7}) entered forwarding state",
        "SELECT o.id, o.total FROM orders o WHERE o.customer_id = $1 AND o.created_at > '2026-11-01' ORDER BY o.id LIMIT 50 -- took {d2}.{d3} ms rows={d2}",
        "{\"ts\":1700000000{d3},\"lvl\":\"info\",\"caller\":\"api/handler.go:{d3}\",\"msg\":\"cache hit\",\"cache_key\":\"user:{d6}:profile\",\"ttl\":300,\"etag\":\"W/\\\"{h16}\\\"\"}",
        "WARN  token bucket empty: limit=100 used={d3} reset_in=12s key_count={d3} next_token=null author=ci session started",
    ]

    private static let secrets = [
        "user bob@example.com logged in", "Authorization: Bearer {a40}", "password=hunter2x for bob", "AKIA{u16} used",
        "postgres://app:s3cr3t@db/shop refused", "card 5555 5555 5555 4444",
    ]
}
