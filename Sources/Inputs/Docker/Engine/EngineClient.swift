/// Our client of the engine: GET only, one connection a request, a limit and a time-out on every answer.
///
/// Control calls block the calling thread, briefly; log and event streams are given out as `EngineStream`.
package struct EngineClient: Sendable {
    /// The newest version of the API that this client was written for.
    package static let version = APIVersion(major: 1, minor: 51)
    private static let connectMilliseconds: Int32 = 5_000
    private static let answerMilliseconds: Int64 = 30_000
    private static let answerBytesMax = 64 * 1024 * 1024

    package let address: EngineAddress
    private var stop: StopSignal
    /// The version in every path; nil until negotiated.
    private(set) var negotiated: APIVersion?

    /// Makes a client of the engine at this address; a raised `stop` ends every wait.
    package init(_ address: EngineAddress, stop: StopSignal) {
        self.address = address
        self.stop = stop
    }

    /// The same client, whose waits are ended by another signal.
    func stopped(by stop: StopSignal) -> EngineClient {
        var client = self
        client.stop = stop
        return client
    }

    /// Asks the engine for its version and takes the older one of its and ours.
    package mutating func negotiate() throws(EngineFailure) {
        let (head, _) = try exchange("/_ping", limit: 4096)
        let theirs = head.value("api-version").flatMap { APIVersion($0) } ?? APIVersion(major: 1, minor: 40)
        negotiated = min(theirs, Self.version)
    }

    /// All containers, whether they run or not.
    package func containers() throws(EngineFailure) -> [(id: String, isRunning: Bool)] {
        let body = try answer("/containers/json?all=1")
        guard let listed = EngineJSON.decode([EngineJSON.Listed].self, body) else { throw .unreadable }
        return listed.compactMap { item in
            guard let id = item.id, Self.isID(id) else { return nil }
            let isRunning = item.state == "running" || item.state == "paused"
            return (id, isRunning)
        }
    }

    /// What one container is.
    package func inspect(_ id: String) throws(EngineFailure) -> ContainerDetails {
        guard let found = ContainerDetails(id: id, inspection: try answer("/containers/\(id)/json")) else {
            throw .unreadable
        }
        return found
    }

    /// The engine's events about containers, from now on.
    package func events() throws(EngineFailure) -> EngineStream {
        let actions = ["start", "unpause", "die", "kill", "oom", "destroy", "rename", "update"].map { "%22\($0)%22" }
        let filters = "%7B%22type%22:%5B%22container%22%5D,%22event%22:%5B\(actions.joined(separator: ","))%5D%7D"
        return try open("/events?filters=\(filters)")
    }

    /// The log of a container from `since` on.
    package func logs(_ id: String, since: Int64, follow: Bool) throws(EngineFailure) -> EngineStream {
        let from = since > 0 ? "&since=\(EngineTime.since(since))" : ""
        return try open("/containers/\(id)/logs?stdout=1&stderr=1&timestamps=1&follow=\(follow ? 1 : 0)\(from)")
    }

    /// The last messages in the log of a container.
    package func logs(_ id: String, tail: Int) throws(EngineFailure) -> EngineStream {
        try open("/containers/\(id)/logs?stdout=1&stderr=1&timestamps=1&tail=\(tail)")
    }

    /// Whether this can be an id: it becomes part of a path.
    package static func isID(_ id: String) -> Bool {
        (12...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { (48...57).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0) }
    }

    /// The body of the answer to a GET, at most so long.
    func answer(_ path: String, limit: Int = answerBytesMax) throws(EngineFailure) -> [UInt8] {
        let (head, body) = try exchange(path, limit: limit)
        guard head.status == 200 else { throw .status(head.status) }
        return body
    }

    private func open(_ path: String) throws(EngineFailure) -> EngineStream {
        let deadline = BatchWriter.monotonicMilliseconds() + Self.answerMilliseconds
        return EngineStream(try send(path, until: deadline))
    }

    private func send(_ path: String, until deadline: Int64) throws(EngineFailure) -> EngineSocket {
        let socket = try EngineSocket(address, timeoutMilliseconds: Self.connectMilliseconds, stop: stop)
        let prefix = negotiated.map { "/v\($0)" } ?? ""
        let host = if case .tcp(let host, let port) = address { "\(host):\(port)" } else { "docker" }
        try socket.send(
            "GET \(prefix)\(path) HTTP/1.1\r\nHost: \(host)\r\nUser-Agent: martlet\r\nConnection: close\r\n\r\n",
            until: deadline
        )
        return socket
    }

    private func exchange(_ path: String, limit: Int) throws(EngineFailure) -> (HTTPResponseHead, [UInt8]) {
        let deadline = BatchWriter.monotonicMilliseconds() + Self.answerMilliseconds
        let stream = EngineStream(try send(path, until: deadline))
        let buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 64 * 1024)
        defer { buffer.deallocate() }
        var body: [UInt8] = []
        while true {
            let progress = try stream.receive(into: buffer) { body.append(contentsOf: $0) }
            guard body.count <= limit else { throw .answerTooLong }
            switch progress {
            case .ended:
                guard let head = stream.head else { throw .disconnected }
                return (head, body)
            case .more: continue
            case .nothing: try stream.socket.waitReadable(until: deadline)
            }
        }
    }
}
