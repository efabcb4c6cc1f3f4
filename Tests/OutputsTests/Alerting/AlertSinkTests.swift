import Outputs
import Synchronization
import TestSupport
import Testing
import Transport

@Suite struct AlertSinkTests {
    private struct Answering: HTTPTransport {
        let status: Int
        let seen: @Sendable (TransportRequest) -> Void

        func exchange(_ request: TransportRequest) async throws(TransportError) -> TransportResponse {
            seen(request)
            guard status > 0 else { throw TransportError.notSent(reason: "refused") }
            return TransportResponse(status: status, body: Array("why\n".utf8))
        }
    }

    private static let alert = Alert(
        labels: [.init("alertname", "Burn"), .init("team", "a\"b")],
        annotations: [.init("summary", "line\nbreak")],
        startsAt: "2026-11-21T12:00:00Z",
        endsAt: "2026-11-21T12:05:00Z",
        isResolved: false
    )

    private static func url() throws -> BaseURL { try #require(BaseURL("http://127.0.0.1:9")) }

    @Test func `Alertmanager gets its API's JSON, with the end until which an alert holds`() async throws {
        let body = RequestRecorder()
        let sink = AlertmanagerSink(
            AlertmanagerOptions(url: try Self.url()),
            transport: Answering(status: 200) { body.take($0) }
        )
        #expect(await sink.tell([Self.alert, Self.alert]) == .taken)
        let one =
            #"{"labels":{"alertname":"Burn","team":"a\"b"},"annotations":{"summary":"line\u000abreak"},"#
            + #""startsAt":"2026-11-21T12:00:00Z","endsAt":"2026-11-21T12:05:00Z"}"#
        #expect(body.texts == ["[\(one),\(one)]"])
        #expect(body.urls == ["http://127.0.0.1:9/api/v2/alerts"])
    }

    @Test func `A webhook gets one POST an alert, and an end only when it is over`() async throws {
        let body = RequestRecorder()
        let sink = WebhookSink(WebhookOptions(url: try Self.url()), transport: Answering(status: 204) { body.take($0) })
        var over = Self.alert
        over.isResolved = true
        #expect(await sink.tell([Self.alert]) == .taken)
        #expect(await sink.tell([over]) == .taken)
        #expect(body.texts[0].contains(#""status":"firing""#) && body.texts[0].contains(#""endsAt":null"#))
        #expect(
            body.texts[1].contains(#""status":"resolved""#)
                && body.texts[1].contains(#""endsAt":"2026-11-21T12:05:00Z""#)
        )
    }

    @Test(arguments: [0, 302, 401, 404, 408, 429, 500, 503])
    func `What may succeed later is told again`(status: Int) async throws {
        let sink = AlertmanagerSink(
            AlertmanagerOptions(url: try Self.url()),
            transport: Answering(status: status) { _ in }
        )
        let reception = await sink.tell([Self.alert])
        guard case .failed = reception else { return #expect(Bool(false), "\(reception)") }
    }

    @Test func `What is wrong is not told again`() async throws {
        let sink = AlertmanagerSink(
            AlertmanagerOptions(url: try Self.url()),
            transport: Answering(status: 400) { _ in }
        )
        #expect(await sink.tell([Self.alert]) == .refused(reason: "status 400 why"))
    }
}

/// Requests as they were sent.
private final class RequestRecorder: Sendable {
    private let requests = Mutex<[TransportRequest]>([])

    func take(_ request: TransportRequest) { requests.withLock { $0.append(request) } }

    var texts: [String] { requests.withLock { $0 }.map { String(decoding: $0.body, as: UTF8.self) } }
    var urls: [String] { requests.withLock { $0 }.map(\.url) }
}
