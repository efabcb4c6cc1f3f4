import AsyncHTTPClient
import NIOCore
import NIOHTTP1
import Synchronization

/// One request on its way, and what is known of its reply so far.
final class Exchange: Sendable {
    private let request: TransportRequest
    private let options: TransportOptions
    private let progress = Mutex(Progress())

    private struct Progress {
        var bodyWasTaken = false
        var response: TransportResponse?
    }

    init(_ request: TransportRequest, _ options: TransportOptions) {
        self.request = request
        self.options = options
    }

    /// Runs it to its end or to the time limit.
    func run(on client: HTTPClient) async throws(TransportError) -> TransportResponse {
        do {
            return try await withDeadline { try await self.perform(on: client) }
        } catch {
            // A status is worth more than the error that cut the body off behind it.
            let (response, bodyWasTaken) = progress.withLock { ($0.response, $0.bodyWasTaken) }
            if let response { return response }
            throw bodyWasTaken ? .unknown(reason: FailureText.of(error)) : .notSent(reason: FailureText.of(error))
        }
    }

    private func perform(on client: HTTPClient) async throws -> TransportResponse {
        let response = try await client.execute(clientRequest(), timeout: TimeAmount(options.requestTimeout))
        let headers = response.headers.map { (name: $0.name, value: $0.value) }
        progress.withLock {
            $0.response = TransportResponse(status: Int(response.status.code), headers: headers, isWhole: false)
        }
        for try await chunk in response.body {
            // Leaving the loop closes the connection.
            guard keep(chunk) else { return reply(isWhole: false) }
        }
        // A cancelled body may end without an error.
        try Task.checkCancellation()
        return reply(isWhole: true)
    }

    /// Takes as much of a chunk as there is room for; false when something did not fit.
    private func keep(_ chunk: ByteBuffer) -> Bool {
        progress.withLock { progress in
            let room = options.replyBytes - (progress.response?.body.count ?? 0)
            progress.response?.body += chunk.readableBytesView.prefix(room)
            return chunk.readableBytes <= room
        }
    }

    private func reply(isWhole: Bool) -> TransportResponse {
        progress.withLock { progress in
            var reply = progress.response ?? TransportResponse(status: 0)
            reply.isWhole = isWhole
            return reply
        }
    }

    private func clientRequest() -> HTTPClientRequest {
        var outgoing = HTTPClientRequest(url: request.url)
        outgoing.method = HTTPMethod(rawValue: request.method)
        for (name, value) in request.headers { outgoing.headers.add(name: name, value: value) }
        outgoing.headers.replaceOrAdd(name: "User-Agent", value: "martlet")
        if let authorization = options.authorization.header {
            outgoing.headers.replaceOrAdd(name: "Authorization", value: authorization)
        }
        // The client asks for the body only after it has a connection and has written the head, so whether it
        // was asked for is whether the server can have anything.
        let body = RequestBody(buffer: ByteBuffer(bytes: request.body)) { [self] in
            progress.withLock { $0.bodyWasTaken = true }
        }
        if !request.body.isEmpty { outgoing.body = .stream(body, length: .known(Int64(request.body.count))) }
        // Without a body the head is all there is, and we cannot see it leave.
        if request.body.isEmpty { progress.withLock { $0.bodyWasTaken = true } }
        return outgoing
    }

    private func withDeadline(
        _ operation: @escaping @Sendable () async throws -> TransportResponse
    ) async throws -> TransportResponse {
        try await withThrowingTaskGroup(of: TransportResponse.self) { group in
            group.addTask(operation: operation)
            group.addTask { [options] in
                try await Task.sleep(for: options.requestTimeout)
                throw HTTPClientError.deadlineExceeded
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw HTTPClientError.cancelled }
            return first
        }
    }
}
