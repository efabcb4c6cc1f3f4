/// Asks a running agent for one path, for `martlet healthcheck`: one connection, plain sockets, a few milliseconds.
package struct HealthProbe: Sendable {
    /// What the agent answered.
    package struct Answer: Sendable, Equatable {
        /// The HTTP status.
        package let status: Int
        /// Its text.
        package let body: String
    }

    /// Why there was no answer.
    package enum Failure: Error, Equatable, CustomStringConvertible {
        /// Nothing listens there, or the address does not exist.
        case unreachable(address: String, problem: String)
        /// It did not answer in time.
        case timedOut(address: String)
        /// What answered does not speak HTTP.
        case notHTTP(address: String)

        /// Where, what, and what to do.
        package var description: String {
            switch self {
            case .unreachable(let address, let problem):
                "\(address): \(problem); is the agent running, and is agent.listen the same there?"
            case .timedOut(let address): "\(address): no answer in time; see the agent's own log"
            case .notHTTP(let address): "\(address): what answers there is not Martlet; check agent.listen"
            }
        }
    }

    private let address: ListenAddress
    private let token: AdminToken?
    private let timeout: Duration

    private let answerBytesMax: Int

    /// Makes a probe of what `agent.listen` says; the token is needed where that is not a loopback address.
    package init(
        listen: String,
        token: AdminToken? = nil,
        timeout: Duration = .seconds(5),
        answerBytesMax: Int = 64 * 1024
    ) throws(AdminError) {
        self.answerBytesMax = answerBytesMax
        address = try ListenAddress(listen).reachable
        self.token = token
        self.timeout = timeout
    }

    /// Sends one GET and reads its answer.
    package func ask(_ path: String = "/healthz") throws(Failure) -> Answer {
        let socket = try ProbeSocket(connectedTo: address, until: ContinuousClock.now + timeout)
        try socket.send(request(path))
        guard let answer = Self.parse(try socket.receive(bytesMax: answerBytesMax)) else {
            throw .notHTTP(address: address.description)
        }
        return answer
    }

    private func request(_ path: String) -> [UInt8] {
        let authorization = token.map { "Authorization: Bearer \($0.value)\r\n" } ?? ""
        return Array("GET \(path) HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\(authorization)\r\n".utf8)
    }

    static func parse(_ bytes: [UInt8]) -> Answer? {
        let text = String(decoding: bytes, as: UTF8.self)
        let words = text.prefix { $0 != "\r\n" && $0 != "\n" }.split(separator: " ")
        guard words.count >= 2, words[0].hasPrefix("HTTP/1."), let status = Int(words[1]),
            (100...599).contains(status)
        else { return nil }
        let end = bytes.indices.first { bytes[$0...].starts(with: [13, 10, 13, 10]) }
        return Answer(status: status, body: end.map { String(decoding: bytes[($0 + 4)...], as: UTF8.self) } ?? "")
    }
}
