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
    package mutating func add(_ counted: SignalSnapshot, to sum: inout SignalSnapshot) {
        var counted = counted
        let requestsMoved = fit(&counted.requests, sum.requests, requests, &newRequests) { old, value in
            old.count += value.count
            old.errors += value.errors
        }
        let durationsMoved = fit(&counted.durations, sum.durations, durations, &newDurations) { $0 += $1 }
        counted.limited += requestsMoved.reduce(0) { $0 + $1.count }
        counted.limited += durationsMoved.reduce(0) { $0 + $1.buckets.reduce(0, +) }
        sum.add(counted)
    }

    /// Moves what finds no room to another place; what was moved.
    private func fit<Value>(
        _ counted: inout [Key: Value],
        _ sum: [Key: Value],
        _ known: Known,
        _ added: inout Int,
        _ add: (inout Value, Value) -> Void
    ) -> [Value] {
        // Most of the time there is room for all.
        if known.count + added + counted.count <= maximum {
            added += counted.keys.count { sum[$0] == nil && !known.holds($0) }
            return []
        }
        var moved: [Value] = []
        var fitting: [Key: Value] = [:]
        for (key, value) in counted {
            let place = Self.places(key).enumerated().first { step, place in
                if fitting[place] != nil || sum[place] != nil || known.holds(place) { return true }
                let limit = [maximum, maximum + maximum / 10, .max][step]
                guard known.count + added < limit else { return false }
                added += 1
                return true
            }
            guard let place else { continue }
            if place.offset > 0 { moved.append(value) }
            if var old = fitting.removeValue(forKey: place.element) {
                add(&old, value)
                fitting[place.element] = old
            } else {
                fitting[place.element] = value
            }
        }
        counted = fitting
        return moved
    }

    /// Where a series may go, the last of which is always had.
    private static func places(_ key: Key) -> [Key] {
        let withoutRoute = Key(
            service: key.service,
            method: key.method,
            route: other,
            statusClass: key.statusClass
        )
        let withoutService = Key(service: other, method: key.method, route: other, statusClass: key.statusClass)
        return [key, withoutRoute, withoutService]
    }
}
