import Foundation
internal import Transport

/// Writes lines to a real Loki and asks it queries.
package struct LokiQuestions: Sendable {
    /// Loki said something else than it should.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    private let url: String
    private let transport: PooledTransport

    /// Asks the Loki at an address.
    package init(url: String) throws {
        self.url = url
        transport = try PooledTransport(TransportOptions())
    }

    /// Stores lines of one stream, each with its metadata, at this moment.
    package func push(_ labels: [String: String], _ lines: [(text: String, metadata: [String: String])]) async throws {
        let now = Int64(Date().timeIntervalSince1970 * 1e9)
        let values = lines.enumerated().map {
            ["\(now + Int64($0.offset))", $0.element.text, $0.element.metadata] as [Any]
        }
        let body = ["streams": [["stream": labels, "values": values] as [String: Any]]]
        let bytes = Array(try JSONSerialization.data(withJSONObject: body))
        let reply = try await transport.exchange(
            TransportRequest(
                method: "POST",
                url: url + "/loki/api/v1/push",
                headers: [(name: "Content-Type", value: "application/json")],
                body: bytes
            )
        )
        guard reply.status == 204 else { throw Failure(description: "push: \(reply.status) \(reply.body)") }
    }

    /// The labels of what a query answers with over the last minutes: streams or series.
    package func ask(_ query: String, minutes: Int = 10) async throws -> [[String: String]] {
        let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        let now = Int(Date().timeIntervalSince1970)
        let range = "start=\(now - minutes * 60)&end=\(now + 1)&step=15&limit=100"
        return try await labels("/loki/api/v1/query_range?query=\(escaped)&\(range)")
    }

    /// The same at this moment, as a ruler asks.
    package func askNow(_ query: String) async throws -> [[String: String]] {
        let escaped = query.addingPercentEncoding(withAllowedCharacters: .alphanumerics) ?? ""
        return try await labels("/loki/api/v1/query?query=\(escaped)")
    }

    private func labels(_ path: String) async throws -> [[String: String]] {
        let reply = try await transport.exchange(TransportRequest(method: "GET", url: url + path))
        let answer = try? JSONSerialization.jsonObject(with: Data(reply.body)) as? [String: Any]
        guard reply.status == 200, let data = answer?["data"] as? [String: Any],
            let result = data["result"] as? [[String: Any]]
        else { throw Failure(description: "\(reply.status) \(String(decoding: reply.body, as: UTF8.self))") }
        return result.map { ($0["stream"] ?? $0["metric"]) as? [String: String] ?? [:] }
    }
}
