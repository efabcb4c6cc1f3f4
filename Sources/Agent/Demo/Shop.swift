import RecordPath

/// A small shop of services as log lines: what `martlet demo` reads.
///
/// Seeded, so that tests see the same shop.
///
/// Every visit goes through the gateway, which makes the request and trace ids that the others log. Five services
/// print in five ways (JSON of two loggers, logfmt, an access log, plain text), now and then with personal data and
/// secrets in it, as real services do. An incident comes and goes: the payment provider times out.
package struct Shop: Sendable {
    /// One line of a service.
    package struct Line: Sendable, Equatable {
        package var service: String
        package var isError: Bool
        package var text: String
    }

    /// The services, each with a stream of its own.
    package static let services = ["gateway", "checkout", "payments", "catalog", "accounts"]
    /// The incident: from this second on ….
    package static let incidentStart = 1.5
    /// … for so long, and again every `incidentPeriod` seconds.
    package static let incidentSeconds = 45.0
    package static let incidentPeriod = 90.0

    private var state: UInt64

    /// Opens the shop.
    package init(seed: UInt64) { state = seed }

    /// Whether the payment provider times out at this second.
    package static func isIncident(at second: Double) -> Bool {
        guard second >= incidentStart else { return false }
        let inPeriod = (second - incidentStart).truncatingRemainder(dividingBy: incidentPeriod)
        return inPeriod < incidentSeconds
    }

    /// The lines of one visit: `time` in nanoseconds since 1970, `second` since the shop opened.
    package mutating func visit(time: Int64, second: Double) -> [Line] {
        let visit = Visit(
            time: time,
            trace: hex() + hex(),
            span: hex(),
            request: "req-" + hex(),
            customer: pick(Self.customers),
            order: below(90_000) + 10_000
        )
        switch below(10) {
        case 0...4: return browse(visit)
        case 5, 6: return signIn(visit)
        default: return buy(visit, isIncident: Self.isIncident(at: second))
        }
    }

    private struct Visit {
        let time: Int64
        let trace: String
        let span: String
        let request: String
        let customer: (name: String, email: String)
        let order: Int
    }

    private static let customers = [
        (name: "Alice Meyer", email: "alice.meyer@example-mail.org"), (name: "Bela Kiss", email: "bela@kiss-shop.hu"),
        (name: "Chidi Okafor", email: "c.okafor@mail-lagos.ng"), (name: "Dana Cruz", email: "dana_cruz@posta.mx"),
    ]
    private static let cards = ["4111 1111 1111 1111", "5555-5555-5555-4444", "378282246310005"]

    // MARK: Visits

    private mutating func browse(_ visit: Visit) -> [Line] {
        let product = below(4000)
        let status = below(100) < 2 ? 404 : 200
        let micros = 2_000 + below(30_000)
        return [
            access(visit, "GET", "/products/\(product)?ref=mail", status, micros + 900),
            Line(
                service: "catalog",
                isError: false,
                text:
                    "time=\(rfc3339(visit.time)) level=info msg=\"product page\" method=GET path=/products/\(product) "
                    + "status=\(status) duration=\(micros)µs request_id=\(visit.request) trace_id=\(visit.trace)"
            ),
        ]
    }

    private mutating func signIn(_ visit: Visit) -> [Line] {
        let isRefused = below(8) == 0
        let status = isRefused ? 401 : 200
        let micros = 15_000 + below(40_000)
        let token = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiI\(hex())In0.\(hex())\(hex())"
        let detail =
            isRefused
            ? "WARN  sign-in refused for \(visit.customer.email) from 203.0.113.\(below(250)), password=hunter\(below(99))!x"
            : "INFO  signed in \(visit.customer.email), session bearer \(token)"
        return [
            access(visit, "POST", "/login", status, micros),
            Line(
                service: "accounts",
                isError: isRefused,
                text: "\(rfc3339(visit.time)) \(detail) request_id=\(visit.request) trace_id=\(visit.trace)"
            ),
        ]
    }

    private mutating func buy(_ visit: Visit, isIncident: Bool) -> [Line] {
        let fails = isIncident ? below(100) < 35 : below(1000) < 1
        let status = fails ? 503 : 201
        let micros = fails ? 2_900_000 + below(400_000) : isIncident ? 300_000 + below(900_000) : 40_000 + below(90_000)
        var lines = [access(visit, "POST", "/orders/\(visit.order)/checkout", status, micros + 4_000)]
        lines.append(payment(visit, fails: fails, micros: micros))
        lines.append(checkout(visit, status: status, micros: micros + 2_000))
        if fails, below(6) == 0 {
            lines.append(
                Line(
                    service: "payments",
                    isError: true,
                    text:
                        "{\"level\":60,\"time\":\(visit.time / 1_000_000),\"name\":\"payments\",\"msg\":\"pool exhausted, "
                        + "reconnecting postgres://payments:Tr0ub4dor-3@db.internal:5432/payments\"}"
                )
            )
        }
        return lines
    }

    // MARK: How each service logs

    /// The gateway: an access log in the combined format with request time and ids behind it.
    private mutating func access(_ visit: Visit, _ method: String, _ path: String, _ status: Int, _ micros: Int) -> Line
    {
        let seconds = "\(micros / 1_000_000)." + CivilDate.pad(micros / 1000 % 1000, 3)
        return Line(
            service: "gateway",
            isError: false,
            text:
                "{\"ts\":\"\(rfc3339(visit.time))\",\"remote_addr\":\"198.51.100.\(below(250))\",\"request_method\":\"\(method)\","
                + "\"uri\":\"\(path)\",\"status\":\(status),\"request_time\":\(seconds),\"request_id\":\"\(visit.request)\","
                + "\"traceparent\":\"00-\(visit.trace)-\(visit.span)-01\"}"
        )
    }

    /// Checkout: pino with nested request and response.
    private mutating func checkout(_ visit: Visit, status: Int, micros: Int) -> Line {
        let level = status >= 500 ? 50 : 30
        let message = status >= 500 ? "checkout failed" : "order placed"
        return Line(
            service: "checkout",
            isError: status >= 500,
            text: "{\"level\":\(level),\"time\":\(visit.time / 1_000_000),\"name\":\"checkout\",\"msg\":\"\(message)\","
                + "\"req\":{\"id\":\"\(visit.request)\",\"method\":\"POST\",\"url\":\"/orders/\(visit.order)/checkout\"},"
                + "\"res\":{\"statusCode\":\(status)},\"responseTime\":\(micros / 1000),\"trace_id\":\"\(visit.trace)\","
                + "\"customer\":{\"name\":\"\(visit.customer.name)\",\"email\":\"\(visit.customer.email)\"}}"
        )
    }

    /// Payments: zap, with the card in the message when somebody debugs.
    private mutating func payment(_ visit: Visit, fails: Bool, micros: Int) -> Line {
        let card = pick(Self.cards)
        let message =
            fails ? "provider timed out charging card \(card)" : below(5) == 0 ? "charged card \(card)" : "charged"
        return Line(
            service: "payments",
            isError: fails,
            text:
                "{\"level\":\"\(fails ? "error" : "info")\",\"ts\":\(visit.time / 1_000_000_000).\(CivilDate.pad(Int(visit.time / 1_000_000 % 1000), 3)),"
                + "\"msg\":\"\(message)\",\"method\":\"POST\",\"path\":\"/charge\",\"status\":\(fails ? 504 : 200),"
                + "\"duration_ms\":\(micros / 1000),\"trace_id\":\"\(visit.trace)\",\"request_id\":\"\(visit.request)\","
                + "\"api_key\":\"sk_live_\(hex())\(hex())\"}"
        )
    }

    // MARK: Chance

    private func rfc3339(_ time: Int64) -> String { CivilDate.rfc3339(nanoseconds: time) }

    private mutating func below(_ limit: Int) -> Int { Int(random() % UInt64(limit)) }

    private mutating func pick<T>(_ list: [T]) -> T { list[below(list.count)] }

    private mutating func hex() -> String {
        let digits = String(random(), radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// splitmix64.
    private mutating func random() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
