internal import Transport

/// What became of telling.
package enum AlertReception: Sendable, Equatable {
    case taken
    /// It will never be taken: what was sent is wrong.
    case refused(reason: String)
    /// It may be taken later.
    case failed(reason: String)

    /// By the status of an answer.
    init(_ response: (status: Int, text: String)) {
        switch response.status {
        case 200...299: self = .taken
        case 408, 429, 500...599: self = .failed(reason: "status \(response.status)")
        // A redirect, missing rights or a wrong path can be mended without a word from us.
        case 300...399, 401, 403, 404: self = .failed(reason: "status \(response.status)")
        default: self = .refused(reason: "status \(response.status) \(response.text)")
        }
    }
}

extension AlertReception {
    private static let textBytesMax = 200

    /// What becomes of a request.
    init(sending request: TransportRequest, by transport: any HTTPTransport) async {
        do {
            let response = try await transport.exchange(request)
            let text = String(decoding: response.body.prefix(Self.textBytesMax), as: UTF8.self)
            self.init((response.status, text.filter { $0 >= " " }))
        } catch {
            self = .failed(reason: error.reason)
        }
    }
}
