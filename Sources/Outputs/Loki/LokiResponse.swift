package import Transport

/// What Loki's answer to a push means.
///
/// Loki answers 400 after it has stored the valid entries of a request, and 260, which looks like success, when it
/// has stored nothing: the status alone does not say what became of the records.
package enum LokiResponse {
    private static let streamRateLimit = ByteSearch("Per stream rate limit exceeded")
    private static let streamLimit = ByteSearch("aximum active stream limit exceeded")

    /// The outcome for a batch of `records`.
    package static func outcome(_ response: TransportResponse, records: Int) -> Outcome {
        switch response.status {
        case 204: return .delivered
        case 200...203: return unusualSuccess(response)
        case 260: return .hold(reason: "ingestion blocked (260)", mayBeStored: true)
        case 400: return badRequest(response, records: records)
        case 401: return .hold(reason: "not authenticated (401)")
        case 403: return .hold(reason: "forbidden (403)")
        case 404: return .hold(reason: "no such address (404)")
        case 413: return .tooLarge
        case 422: return .rejected(reason: LokiRejection.badRequest.rawValue)
        case 429: return tooMany(response)
        case 503: return .retry(reason: "unavailable (503)", after: response.retryAfter)
        case 408, 499, 500...599:
            return .uncertain(reason: "server error (\(response.status))", after: response.retryAfter)
        default: return .hold(reason: "unexpected status \(response.status)", mayBeStored: true)
        }
    }

    /// The outcome when there was no answer.
    package static func outcome(_ error: TransportError) -> Outcome {
        switch error {
        case .notSent(let reason): .retry(reason: reason, after: nil)
        case .unknown(let reason): .uncertain(reason: reason)
        }
    }

    private static func unusualSuccess(_ response: TransportResponse) -> Outcome {
        // Servers that speak Loki's protocol may answer so; a page of text is something else answering.
        if response.isWhole && response.body.isEmpty { return .delivered }
        return .hold(reason: "status \(response.status) with a body: not Loki's push address", mayBeStored: true)
    }

    private static func tooMany(_ response: TransportResponse) -> Outcome {
        let text = text(response)
        if streamRateLimit.isIn(text) {
            return .uncertain(reason: "stream rate limit (429)", after: response.retryAfter)
        }
        if streamLimit.isIn(text) {
            return .uncertain(reason: "active stream limit (429)", after: response.retryAfter)
        }
        return .retry(reason: "ingestion rate limit (429)", after: response.retryAfter)
    }

    private static func badRequest(_ response: TransportResponse, records: Int) -> Outcome {
        // Without the whole text nobody knows how many were refused; the good ones are stored.
        guard response.isWhole else { return .uncertain(reason: "bad request (400), answer cut off") }
        let text = text(response)
        if text.first == UInt8(ascii: "<") { return .hold(reason: "400 with a page: not Loki's push address") }
        let refused = LokiRefusals(text: text)
        guard !refused.counts.isEmpty else { return .rejected(reason: LokiRejection(text: text).forWholeRequest) }
        return .partly(rejected: refused.rejections(atMost: records))
    }

    private static func text(_ response: TransportResponse) -> ArraySlice<UInt8> {
        response.body.drop { $0 == 0x20 || $0 == 0x0A || $0 == 0x0D || $0 == 0x09 }
    }
}

extension LokiRejection {
    /// Where the whole request was refused and no known reason is named, it is the request that is bad.
    fileprivate var forWholeRequest: String {
        (self == .other ? LokiRejection.badRequest : self).rawValue
    }
}
