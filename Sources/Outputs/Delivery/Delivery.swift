/// The course of one batch from the lane to its end: what to do next, and what each answer means.
///
/// A value without clock or network. It keeps this account: every record of the batch is reported exactly once,
/// as delivered or as rejected, by the time `step` says `.done`.
package struct Delivery: Sendable {
    /// Times that one batch may be divided to find what the output will not take: beyond, the rest of a part
    /// that is refused is rejected as a whole.
    package static let divisionsMax = 64

    /// What to do next.
    package enum Step: Sendable, Equatable {
        case send(SealedBatch)
        /// Some or all of it may be stored: ask the output, then send.
        case ask(SealedBatch)
        /// Asking was of no use: send it all the same.
        case resend(SealedBatch)
        case done
    }

    /// What an answer means for the next step.
    package enum Verdict: Sendable, Equatable {
        /// The output works: go on at once.
        case proceed
        /// Wait before the next step.
        case retry(reason: String, after: Duration?)
        /// Wait long before the next step.
        case hold(reason: String)
    }

    /// What is to be reported.
    package enum Report: Sendable, Equatable {
        case delivered(SealedBatch, records: Int)
        case rejected(records: Int, reason: String)
        case deadLetters(SealedBatch, reason: String)
        case uncertain(records: Int)
        case collisions(records: Int)
    }

    private struct Part {
        var batch: SealedBatch
        /// Nobody knows whether it is stored: ask.
        var mayBeStored: Bool
        /// Its records were sent before, so finding them stored is no surprise.
        var isRepeat: Bool
        var wasAsked = false
    }

    /// The parts still to be sent, the next one last.
    private var parts: [Part]
    private var divisionsLeft = divisionsMax
    private var reports: [Report] = []

    /// Begins with a batch.
    package init(_ queued: QueuedBatch) {
        parts = [Part(batch: queued.batch, mayBeStored: queued.mayBeStored, isRepeat: queued.mayBeStored)]
    }

    /// What to do next.
    package var step: Step {
        guard let part = parts.last else { return .done }
        if part.mayBeStored && !part.wasAsked { return .ask(part.batch) }
        return part.isRepeat ? .resend(part.batch) : .send(part.batch)
    }

    /// Whether any of what is left may be stored already.
    package var mayBeStored: Bool { parts.contains(where: \.mayBeStored) }

    /// What happened since the last call.
    package mutating func takeReports() -> [Report] {
        defer { reports = [] }
        return reports
    }

    /// The answer to `.ask`.
    package mutating func answered(_ readback: Readback) {
        guard let part = parts.popLast() else { return }
        switch readback {
        case .stored: reports.append(.delivered(part.batch, records: part.batch.records))
        case .missing(let rest):
            let found = part.batch.records - rest.records
            if found > 0 { reports.append(.delivered(part.batch, records: found)) }
            // The request may still be at work over there: finding them stored after all is fine.
            parts.append(Part(batch: rest, mayBeStored: false, isRepeat: true))
        case .unknown: parts.append(Part(batch: part.batch, mayBeStored: true, isRepeat: true, wasAsked: true))
        }
    }

    /// The answer to `.send` or `.resend`; `divide` makes parts of a batch, or none.
    package mutating func received(_ outcome: Outcome, divide: (SealedBatch) -> [SealedBatch]) -> Verdict {
        guard let part = parts.popLast() else { return .proceed }
        switch outcome {
        case .delivered: settle(part, rejected: [])
        case .partly(let rejected): settle(part, rejected: rejected)
        case .divided(let division): return settle(part, division)
        case .tooLarge: divideOrReject(part, reason: "too_large", divide)
        case .rejected(let reason): divideOrReject(part, reason: reason, divide)
        case .retry(let reason, let after):
            putBack(part, mayBeStored: false)
            return .retry(reason: reason, after: after)
        case .uncertain(let reason, let after):
            putBack(part, mayBeStored: true)
            return .retry(reason: reason, after: after)
        case .hold(let reason, let mayBeStored):
            putBack(part, mayBeStored: mayBeStored)
            return .hold(reason: reason)
        }
        return .proceed
    }

    private mutating func settle(_ part: Part, rejected: [Outcome.Rejection]) {
        let refused = reject(rejected, atMost: part.batch.records)
        let delivered = part.batch.records - refused
        if delivered > 0 { reports.append(.delivered(part.batch, records: delivered)) }
        // The output did not look whether it had them before.
        if part.mayBeStored, delivered > 0 { reports.append(.uncertain(records: delivered)) }
    }

    /// For another try; when nobody knows what became of this one, there is something to ask again.
    private mutating func putBack(_ part: Part, mayBeStored: Bool) {
        parts.append(
            Part(
                batch: part.batch,
                mayBeStored: part.mayBeStored || mayBeStored,
                isRepeat: part.isRepeat || mayBeStored
            )
        )
    }

    private mutating func settle(_ part: Part, _ division: Outcome.Division) -> Verdict {
        let refused = reject(division.rejected, atMost: part.batch.records)
        if let letters = division.deadLetters {
            reports.append(.deadLetters(letters, reason: division.rejected.first?.reason ?? "rejected"))
        }
        if division.collisions > 0 { reports.append(.collisions(records: division.collisions)) }
        let remaining = division.remaining?.records ?? 0
        let delivered = max(0, part.batch.records - refused - remaining)
        if delivered > 0 { reports.append(.delivered(part.batch, records: delivered)) }
        if part.mayBeStored, delivered > 0 { reports.append(.uncertain(records: delivered)) }
        guard let rest = division.remaining else { return .proceed }
        parts.append(Part(batch: rest, mayBeStored: false, isRepeat: part.isRepeat || division.isRepeat))
        return division.isHeld ? .hold(reason: division.reason) : .retry(reason: division.reason, after: nil)
    }

    /// Reports rejections, never more records than there are; returns how many.
    private mutating func reject(_ rejected: [Outcome.Rejection], atMost records: Int) -> Int {
        var left = records
        for rejection in rejected {
            let count = min(max(0, rejection.records), left)
            left -= count
            if count > 0 { reports.append(.rejected(records: count, reason: rejection.reason)) }
        }
        return records - left
    }

    private mutating func divideOrReject(_ part: Part, reason: String, _ divide: (SealedBatch) -> [SealedBatch]) {
        let smaller = divisionsLeft > 0 && part.batch.records > 1 ? divide(part.batch) : []
        // Parts that do not add up to the batch would lose records: reject the whole instead.
        guard smaller.count > 1, smaller.reduce(0, { $0 + $1.records }) == part.batch.records else {
            reports.append(.rejected(records: part.batch.records, reason: reason))
            reports.append(.deadLetters(part.batch, reason: reason))
            return
        }
        divisionsLeft -= 1
        for batch in smaller.reversed() {
            parts.append(Part(batch: batch, mayBeStored: part.mayBeStored, isRepeat: part.isRepeat))
        }
    }
}
