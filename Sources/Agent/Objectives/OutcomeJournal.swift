import Objectives
import RecordPath

/// The events that have been committed since the state file was written: what a commit log carries along, so that a
/// kill between two writes of the state loses none and counts none twice.
///
/// Each state file begins an epoch. A note belongs to the file of its own epoch; one of an older epoch is in the file
/// already.
package struct OutcomeJournal: Sendable {
    private struct Key: Hashable {
        let objective: Int
        let service: String
        let time: Int64
    }

    package private(set) var epoch: UInt64 = 0
    private var counts: [Key: OutcomeCount] = [:]

    /// Begins the epoch of a state file.
    package init(epoch: UInt64 = 0) { self.epoch = epoch }

    /// Takes events that are in a commit.
    package mutating func add(_ outcomes: [OutcomeCount]) {
        for outcome in outcomes {
            let key = Key(objective: outcome.objective, service: outcome.service, time: outcome.time)
            counts[key, default: outcome.none].good &+= outcome.good
            counts[key, default: outcome.none].bad &+= outcome.bad
        }
    }

    /// Everything taken so far.
    package var outcomes: [OutcomeCount] { Array(counts.values) }

    /// As a commit carries it.
    package func note(_ set: SLOSet) -> [UInt8] {
        var writer = StateWriter()
        writer.put(epoch)
        writer.put(UInt64(counts.count))
        for count in counts.values {
            let slo = set.slos[count.objective]
            writer.put(slo.name)
            writer.put(slo.service)
            writer.put(count.service)
            writer.put(count.good)
            writer.put(count.bad)
            writer.put(count.time)
        }
        return writer.bytes
    }

    /// The events of a note that belongs to the state file of an epoch; none where it does not, or is damaged.
    package static func outcomes(of note: [UInt8], _ set: SLOSet, epoch: UInt64) -> [OutcomeCount] {
        var reader = StateReader(note)
        guard reader.unsigned() == epoch, let count = reader.count() else { return [] }
        var outcomes: [OutcomeCount] = []
        for _ in 0..<count {
            guard let name = reader.text(), let owner = reader.text(), let service = reader.text(),
                let good = reader.unsigned(), let bad = reader.unsigned(), let time = reader.signed()
            else { return [] }
            guard let index = set.slos.firstIndex(where: { $0.name == name && $0.service == owner }) else { continue }
            outcomes.append(OutcomeCount(objective: index, service: service, good: good, bad: bad, time: time))
        }
        return outcomes
    }
}

extension OutcomeCount {
    /// The same without events.
    fileprivate var none: OutcomeCount {
        OutcomeCount(objective: objective, service: service, good: 0, bad: 0, time: time)
    }
}
