internal import Outputs
internal import Transport

/// Asks a Loki or an OpenSearch, real or of ours, what it has stored of a service.
package struct StoredRecords: Sendable {
    /// The server said something else than it should.
    package struct Failure: Error, CustomStringConvertible {
        package var description: String
    }

    private let url: String
    private let transport: PooledTransport

    /// Asks the server at an address.
    package init(url: String) throws {
        self.url = url
        transport = try PooledTransport(TransportOptions())
    }

    /// Lines that Loki has of a service between two times, nanoseconds since 1970; at most 5,000.
    package func lokiLines(service: String, from start: Int64, to end: Int64) async throws -> [String] {
        let query = "query=%7Bservice_name%3D%22\(service)%22%7D&start=\(start)&end=\(end)&limit=5000&direction=forward"
        let body = try await ask("GET", "/loki/api/v1/query_range?\(query)")
        var lines: [String] = []
        var reader = JSONReader(body)
        try Self.member("data", of: &reader) { reader throws(JSONError) in
            try Self.member("result", of: &reader) { reader throws(JSONError) in
                try reader.array { reader throws(JSONError) in
                    try Self.member("values", of: &reader) { reader throws(JSONError) in
                        try reader.array { reader throws(JSONError) in lines.append(try Self.line(&reader)) }
                    }
                }
            }
        }
        return lines
    }

    /// Documents that OpenSearch has of a service.
    package func documentCount(stream: String, service: String) async throws -> Int {
        _ = try await ask("POST", "/\(stream)/_refresh")
        let query = #"{"query":{"term":{"service.name":"\#(service)"}}}"#
        var reader = JSONReader(try await ask("POST", "/\(stream)/_count", Array(query.utf8)))
        var count = -1
        try Self.member("count", of: &reader) { reader throws(JSONError) in count = try reader.integer() }
        return count
    }

    private func ask(_ method: String, _ path: String, _ body: [UInt8] = []) async throws -> [UInt8] {
        let headers = body.isEmpty ? [] : [(name: "Content-Type", value: "application/json")]
        let reply = try await transport.exchange(
            TransportRequest(method: method, url: url + path, headers: headers, body: body)
        )
        guard reply.status == 200 else {
            throw Failure(description: "\(path): \(reply.status) \(String(decoding: reply.body, as: UTF8.self))")
        }
        return reply.body
    }

    /// The second of `["TIME","LINE",…]`.
    private static func line(_ reader: inout JSONReader) throws(JSONError) -> String {
        var place = 0
        var line = ""
        try reader.array { reader throws(JSONError) in
            if place == 1 { line = try reader.string() } else { try reader.skip() }
            place += 1
        }
        return line
    }

    private static func member(
        _ name: String,
        of reader: inout JSONReader,
        _ body: (inout JSONReader) throws(JSONError) -> Void
    ) throws(JSONError) {
        try reader.object { (key, reader) throws(JSONError) in
            if key == name { try body(&reader) } else { try reader.skip() }
        }
    }
}
