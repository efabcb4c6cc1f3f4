import Foundation
import Synchronization
import TestSupport

/// Takes alerts as a webhook, and fails the first time it is asked.
final class WebhookServer: Sendable {
    private struct Seen {
        var requests = 0
        var statuses: [String: [String]] = [:]
    }

    private final class Book: Sendable {
        let seen = Mutex(Seen())
    }

    private let server: TestServer
    private let book: Book

    init() throws {
        let book = Book()
        self.book = book
        server = try TestServer { request in
            let object = try? JSONSerialization.jsonObject(with: Data(request.body)) as? [String: Any]
            let tier = (object?["labels"] as? [String: String])?["burnrate_tier"] ?? "?"
            let status = object?["status"] as? String ?? "?"
            return book.seen.withLock { seen in
                seen.requests += 1
                guard seen.requests > 1 else { return TestReply(status: 503, text: "later") }
                seen.statuses[tier, default: []].append(status)
                return TestReply(status: 200, text: "")
            }
        }
    }

    var url: String { server.url }

    /// What it has taken about a tier.
    func statuses(_ tier: String) -> [String] { book.seen.withLock { $0.statuses[tier] ?? [] } }

    func stop() { server.stop() }
}
