import Admin
import Synchronization
import Testing

@Suite struct LivePageTests {
    private func page() -> AdminResponse {
        AdminRoute.page.answer(AdminRequest(method: "GET", target: "/", headers: []))
    }

    private func text(_ response: AdminResponse) -> String { String(decoding: response.body, as: UTF8.self) }

    @Test func thePageIsOneDocumentThatAsksNobodyElseForAnything() {
        let text = text(page())
        #expect(text.hasPrefix("<!doctype html>"))
        #expect(text.contains(":root {") && text.contains("\"use strict\";"))
        #expect(!text.contains("{{"))
        #expect(text.utf8.count < 150_000)
        let addresses = text.split(separator: "http").dropFirst().filter { !$0.hasPrefix("://www.w3.org/2000/svg") }
        #expect(addresses.isEmpty)
        for mark in ["innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(", " src=", "@import"] {
            #expect(!text.contains(mark), "\(mark)")
        }
    }

    @Test func theBrowserRunsOnlyWhatBearsThisAnswersNonce() throws {
        let responses = [page(), page()]
        let nonces = try responses.map { response in
            let policy = try #require(response.headers.first { $0.name == "Content-Security-Policy" }?.value)
            #expect(policy.hasPrefix("default-src 'none'; script-src 'nonce-"))
            for directive in ["connect-src 'self'", "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"] {
                #expect(policy.contains(directive))
            }
            let nonce = try #require(policy.split(separator: "'nonce-").dropFirst().first?.prefix { $0 != "'" })
            let marked = text(response).split(separator: "nonce=\"").dropFirst().map { $0.prefix { $0 != "\"" } }
            #expect(marked == [nonce, nonce])
            return nonce
        }
        #expect(nonces[0] != nonces[1])
        #expect(nonces[0].count == 32)
    }

    @Test(.enabled(if: isInstalled("chromium"), "chromium is not installed"))
    func aBrowserShowsServicesProblemsAndRedactions() async throws {
        let token = AdminToken.random()
        let agent = PageFixture()
        let server = try await AdminServer.start(
            AdminOptions(listen: "127.0.0.1:0"),
            token: token,
            routes: [.page, .state(metrics: agent, readiness: agent) { agent.now() }]
        )
        try await withTemporaryFolder { folder in
            let url = server.address.pageURL(token: token)
            let document = try await onThread { try Browser(folder: folder.path).document(url) }
            for text in [
                "not ready: 1 problem", "inputs/docker", "no engine at &lt;socket&gt;", ">checkout</th>",
                ">1.00 %</td>",
                ">email</th>", "availability", "alert: fast", "● working", "▲ not attached",
            ] {
                #expect(document.contains(text), "\(text)")
            }
            #expect(!document.contains("<b>bold</b>"))
            let shop = try #require(document.range(of: ">&lt;b&gt;bold&lt;/b&gt;</th>"))
            #expect(try #require(document.range(of: ">checkout</th>")) < shop, "worst first")
        }
        await server.stop()
    }

    @Test(.enabled(if: isInstalled("chromium"), "chromium is not installed"))
    func aBrowserWithoutTheTokenIsAskedForItAndShownNothing() async throws {
        let agent = PageFixture()
        let server = try await AdminServer.start(
            AdminOptions(listen: "127.0.0.1:0"),
            token: .random(),
            routes: [.page, .state(metrics: agent, readiness: agent) { agent.now() }]
        )
        try await withTemporaryFolder { folder in
            for ending in ["", "#wrong"] {
                let url = "http://\(server.address)/\(ending)"
                let document = try await onThread { try Browser(folder: folder.path).document(url) }
                #expect(document.contains("token needed"))
                #expect(document.contains("<main id=\"board\" hidden"))
                #expect(document.contains("role=\"alert\">That is not the token") == !ending.isEmpty)
                #expect(!document.contains("checkout"))
            }
        }
        await server.stop()
    }
}

/// An agent that lives a second between two questions.
private final class PageFixture: MetricsSource, ReadinessSource {
    private let seconds = Mutex<Int64>(0)

    func now() -> Int64 { (1_700_000_000 + seconds.withLock { $0 }) * 1_000_000_000 }

    func readiness() -> Readiness {
        Readiness(problems: [.init(component: "inputs/docker", problem: "no engine at <socket>; is it running?")])
    }

    func metrics() -> [MetricFamily] {
        let grown = seconds.withLock { seconds in
            seconds += 1
            return seconds * 1000
        }
        let slo: LabelSet = [
            "sloth_id": "checkout-availability", "sloth_service": "checkout", "sloth_slo": "availability",
        ]
        return [
            .counter(
                "martlet_requests",
                help: "Requests.",
                [
                    MetricSample(["service": "checkout", "status_class": "2xx"], .integer(grown / 10)),
                    MetricSample(["service": "<b>bold</b>", "status_class": "2xx"], .integer(grown / 20)),
                ]
            ),
            .counter(
                "martlet_request_errors",
                help: "Errors.",
                [MetricSample(["service": "checkout", "status_class": "5xx"], .integer(grown / 1000))]
            ),
            .histogram(
                "martlet_request_duration_seconds",
                unit: "seconds",
                help: "Latency.",
                bounds: [0.1, 1],
                [HistogramSample(["service": "checkout"], counts: [grown / 20, grown / 20, 0], sum: 1)]
            ),
            .gauge(
                "martlet_input_up",
                help: "Attached.",
                [MetricSample(["input": "docker"], 0), MetricSample(["input": "files"], 1)]
            ),
            .gauge("martlet_output_up", help: "Working.", [MetricSample(["output": "loki"], 1)]),
            .counter(
                "martlet_redactions",
                help: "Redacted.",
                [MetricSample(["detector": "email", "action": "tag"], .integer(grown / 50))]
            ),
            .gauge("martlet_slo_objective_ratio", unit: "ratio", help: "Objective.", [MetricSample(slo, 0.999)]),
            .gauge(
                "martlet_slo_error_budget_remaining_ratio",
                unit: "ratio",
                help: "Left.",
                [MetricSample(slo, 0.42)]
            ),
            .gauge(
                "martlet_slo_alert_active",
                help: "Firing.",
                [MetricSample(LabelSet(slo.pairs + [(name: "tier", value: "fast")]), 1)]
            ),
        ]
    }
}

/// A real browser without a window.
private struct Browser {
    let folder: String

    /// The document as it is after some seconds of the page's own time.
    func document(_ url: String) throws -> String {
        let flags =
            "--headless=new --no-sandbox --disable-gpu --disable-dev-shm-usage --virtual-time-budget=60000"
        let chromium = try ChildProcess(
            "timeout 60 chromium \(flags) --user-data-dir=\(folder)/profile --dump-dom '\(url)'"
                + " > \(folder)/document 2> \(folder)/errors"
        )
        _ = chromium.wait()
        return contents(of: folder + "/document")
    }
}
