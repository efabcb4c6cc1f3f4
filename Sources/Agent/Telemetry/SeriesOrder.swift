import Admin
import RecordPath
import Synchronization

/// The series of golden signals in a fixed order with their labels escaped, remembered from scrape to scrape: most
/// scrapes find the series of the one before.
final class SeriesOrder: Sendable {
    private struct Known {
        var keys: [SignalSnapshot.Request] = []
        var labels: [LabelSet] = []
    }

    private let knownRequests = Mutex(Known())
    private let knownDurations = Mutex(Known())

    /// Requests by their labels.
    func requests(
        _ values: [SignalSnapshot.Request: SignalSnapshot.Requests]
    ) -> [(labels: LabelSet, value: SignalSnapshot.Requests)] {
        knownRequests.withLock { Self.ordered(values, &$0) { $0.labels } }
    }

    /// Latencies by their labels.
    func durations(
        _ values: [SignalSnapshot.Request: SignalSnapshot.Durations]
    ) -> [(labels: LabelSet, value: SignalSnapshot.Durations)] {
        knownDurations.withLock { Self.ordered(values, &$0) { $0.labelsWithoutStatus } }
    }

    private static func ordered<Value>(
        _ values: [SignalSnapshot.Request: Value],
        _ known: inout Known,
        _ labels: (SignalSnapshot.Request) -> LabelSet
    ) -> [(labels: LabelSet, value: Value)] {
        if known.keys.count == values.count {
            var found: [(labels: LabelSet, value: Value)] = []
            found.reserveCapacity(values.count)
            for (key, labels) in zip(known.keys, known.labels) {
                guard let value = values[key] else { break }
                found.append((labels, value))
            }
            if found.count == values.count { return found }
        }
        known.keys = values.keys.sorted(by: isBefore)
        known.labels = known.keys.map(labels)
        return zip(known.keys, known.labels).compactMap { key, labels in values[key].map { (labels, $0) } }
    }

    private static func isBefore(_ left: SignalSnapshot.Request, _ right: SignalSnapshot.Request) -> Bool {
        (left.service, left.route, left.method, left.statusClass)
            < (right.service, right.route, right.method, right.statusClass)
    }
}

extension SignalSnapshot.Request {
    fileprivate var labels: LabelSet {
        LabelSet([("service", service), ("method", method), ("route", route), ("status_class", statusClass)])
    }

    fileprivate var labelsWithoutStatus: LabelSet {
        LabelSet([("service", service), ("method", method), ("route", route)])
    }
}
