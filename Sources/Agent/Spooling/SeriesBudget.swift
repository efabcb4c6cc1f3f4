import RecordPath

/// Keeps the series of all workers, and those of earlier runs, within one `signals.max_series`.
///
/// Each worker counts within the same budget, but others than its own may come first, and after a restart it knows none
/// of those that were restored. What finds no room counts for the route `__other__`, then for the service `__other__`.
package struct SeriesBudget {
    private typealias Key = SignalSnapshot.Request

    /// The series of one metric that are there already.
    package struct Known {
        let count: Int
        let holds: (SignalSnapshot.Request) -> Bool

        /// Makes a view of them.
        package init(count: Int, holds: @escaping (SignalSnapshot.Request) -> Bool) {
            self.count = count
            self.holds = holds
        }
    }

    private static let other = "__other__"

    private let maximum: Int
    private let requests: Known
    private let durations: Known
    private var newRequests = 0
    private var newDurations = 0

    /// Makes a budget beside what is there.
    package init(maximum: Int, requests: Known, durations: Known) {
        self.maximum = maximum
        self.requests = requests
        self.durations = durations
    }

    /// Adds what a worker has counted.
    package mutating func add(_ counted: SeriesCounts, to sum: inout SignalSnapshot) {
        for row in counted.requests {
            let key = counted.key(row)
            let place = place(of: key, requests, &newRequests) { sum.requests[$0] != nil }
            if place != key { sum.limited += row.count }
            sum.add(row, to: place)
        }
        for row in counted.durations {
            let key = counted.key(row)
            let place = place(of: key, durations, &newDurations) { sum.durations[$0] != nil }
            if place != key { sum.limited += counted.count(row) }
            sum.add(row, of: counted, to: place)
        }
    }

    /// Where a series goes, which is elsewhere when there is no room for it.
    private func place(of key: Key, _ known: Known, _ added: inout Int, _ isInSum: (Key) -> Bool) -> Key {
        if isInSum(key) || known.holds(key) { return key }
        let (withoutRoute, withoutService) = Self.folds(key)
        let place: Key
        if known.count + added < maximum {
            place = key
        } else if isInSum(withoutRoute) || known.holds(withoutRoute) {
            return withoutRoute
        } else {
            place = known.count + added < maximum + maximum / 10 ? withoutRoute : withoutService
        }
        if !isInSum(place), !known.holds(place) { added += 1 }
        return place
    }

    /// The series that take what finds no room; the last one is always had.
    private static func folds(_ key: Key) -> (withoutRoute: Key, withoutService: Key) {
        let withoutRoute = Key(
            service: key.service,
            method: key.method,
            route: other,
            statusClass: key.statusClass
        )
        let withoutService = Key(service: other, method: key.method, route: other, statusClass: key.statusClass)
        return (withoutRoute, withoutService)
    }
}
