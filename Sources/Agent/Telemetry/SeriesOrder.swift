import Admin
import RecordPath
import Synchronization

/// The series of golden signals in a fixed order, remembered from scrape to scrape: most scrapes find the series of the
/// one before.
final class SeriesOrder: Sendable {
    private typealias Keys = [SignalSnapshot.Request]

    private let knownRequests = Mutex(Keys())
    private let knownDurations = Mutex(Keys())

    /// The keys of requests.
    func requests(_ values: [SignalSnapshot.Request: SignalSnapshot.Requests]) -> [SignalSnapshot.Request] {
        knownRequests.withLock { Self.order(values, &$0) }
    }

    /// The keys of latencies.
    func durations(_ values: [SignalSnapshot.Request: SignalSnapshot.Durations]) -> [SignalSnapshot.Request] {
        knownDurations.withLock { Self.order(values, &$0) }
    }

    private static func order<Value>(_ values: [SignalSnapshot.Request: Value], _ known: inout Keys) -> Keys {
        if known.count != values.count || !known.allSatisfy({ values[$0] != nil }) {
            known = values.keys.sorted(by: isBefore)
        }
        return known
    }

    private static func isBefore(_ left: SignalSnapshot.Request, _ right: SignalSnapshot.Request) -> Bool {
        (left.service, left.route, left.method, left.statusClass)
            < (right.service, right.route, right.method, right.statusClass)
    }
}

extension SignalSnapshot.Request {
    /// What a scraper reads of a request series.
    var labels: LabelSet {
        LabelSet([("service", service), ("method", method), ("route", route), ("status_class", statusClass)])
    }

    /// What a scraper reads of a latency series.
    var labelsWithoutStatus: LabelSet {
        LabelSet([("service", service), ("method", method), ("route", route)])
    }
}
