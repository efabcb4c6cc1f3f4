package import Transport

/// What OpenSearch's answer to a bulk request means for the batch.
package enum BulkOutcome {
    /// The outcome; `isRepeat` says that documents which exist already are ours.
    package static func outcome(_ response: TransportResponse, for batch: SealedBatch, isRepeat: Bool) -> Outcome {
        switch response.status {
        case 200:
            guard let items = BulkResponse.items(response, count: batch.records) else {
                return .uncertain(reason: "an answer that is not one to a bulk request")
            }
            return outcome(items, for: batch, isRepeat: isRepeat)
        case 400:
            if response.body.first == UInt8(ascii: "<") { return .hold(reason: "400 with a page: not OpenSearch") }
            return .rejected(reason: BulkRejection.badRequest.rawValue)
        case 401: return .hold(reason: "not authenticated (401)")
        case 403: return .hold(reason: "forbidden (403)")
        case 404: return .hold(reason: "no such data stream or address (404)")
        case 413: return .tooLarge
        case 429: return .retry(reason: tooMany(response), after: response.retryAfter)
        case 408, 500...599:
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

    private static func tooMany(_ response: TransportResponse) -> String {
        switch BulkResponse.requestErrorType(response) {
        case "circuit_breaking_exception": "circuit breaker of the cluster (429)"
        case "cluster_block_exception": "cluster blocked (429)"
        default: "cluster is busy (429)"
        }
    }

    private static func outcome(_ items: [BulkItem], for batch: SealedBatch, isRepeat: Bool) -> Outcome {
        var sorted = Fates()
        for (place, item) in items.enumerated() { sorted.add(item.fate, place, isRepeat: isRepeat) }
        if sorted.again.isEmpty && sorted.rejected.isEmpty { return .delivered }
        return sorted.outcome(batch)
    }

    /// Documents by the way they went, as places in the batch.
    private struct Fates {
        var again: [Int] = []
        var rejected: [Int] = []
        private var reasons: [(reason: BulkRejection, records: Int)] = []
        private var taken: Set<Int> = []
        private var isHeld = false
        private var isUncertain = false

        mutating func add(_ fate: BulkItem.Fate, _ place: Int, isRepeat: Bool) {
            switch fate {
            case .stored: break
            case .exists where isRepeat: break
            case .exists:
                taken.insert(place)
                again.append(place)
            case .retry: again.append(place)
            case .uncertain:
                isUncertain = true
                again.append(place)
            case .held:
                isHeld = true
                again.append(place)
            case .rejected(let reason):
                rejected.append(place)
                if let known = reasons.firstIndex(where: { $0.reason == reason }) {
                    reasons[known].records += 1
                } else {
                    reasons.append((reason, 1))
                }
            }
        }

        func outcome(_ batch: SealedBatch) -> Outcome {
            let rejections = reasons.map { Outcome.Rejection(reason: $0.reason.rawValue, records: $0.records) }
            guard let body = BulkBody(batch) else {
                // Not a body of ours, so it cannot be parted: with the same ids it can be sent as a whole.
                return again.isEmpty ? .partly(rejected: rejections) : .uncertain(reason: reason)
            }
            var division = Outcome.Division()
            division.rejected = rejections
            division.delivered = batch.records - again.count - rejected.count
            if !rejected.isEmpty { division.deadLetters = body.batch(of: rejected, like: batch) }
            if !again.isEmpty {
                guard let rest = body.batch(of: again, renamed: taken, like: batch) else {
                    return .uncertain(reason: reason)
                }
                division.remaining = rest
                division.reason = reason
                division.isHeld = isHeld
                division.isRepeat = isUncertain
                division.collisions = taken.count
            }
            return .divided(division)
        }

        private var reason: String {
            if isHeld { return "documents blocked: disk, rights or index" }
            if isUncertain { return "documents failed on the server" }
            return taken.isEmpty ? "cluster is busy (429)" : "ids taken by other documents"
        }
    }
}
