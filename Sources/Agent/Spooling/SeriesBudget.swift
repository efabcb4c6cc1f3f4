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
        var moved: UInt64 = 0
        fit(&counted.requests, sum.requests, requests, &newRequests) { old, value in
            moved += value.count
            old.count += value.count
            old.errors += value.errors
        }
        fit(&counted.durations, sum.durations, durations, &newDurations) { old, value in
            moved += value.buckets.reduce(0, +)
            old += value
        }
        counted.limited += moved
        sum.add(counted)
    }

    private func fit<Value>(
        _ counted: inout [Key: Value],
        _ sum: [Key: Value],
        _ known: Known,
        _ added: inout Int,
        _ add: (inout Value, Value) -> Void
    ) {
        // Most of the time there is room for all.
        if known.count + added + counted.count <= maximum {
            added += counted.keys.count { sum[$0] == nil && !known.holds($0) }
            return
        }
        for (key, value) in counted where sum[key] == nil && !known.holds(key) {
            if known.count + added < maximum || Self.isLast(key) {
                added += 1
                continue
            }
            counted[key] = nil
            var place = key
            place.route = Self.other
            let isThere = counted[place] != nil || sum[place] != nil || known.holds(place)
            if !isThere, known.count + added >= maximum + maximum / 10 { place.service = Self.other }
            if var old = counted[place] {
                add(&old, value)
                counted[place] = old
            } else {
                if sum[place] == nil, !known.holds(place) { added += 1 }
                counted[place] = value
            }
        }
    }

    /// These few series are always had.
    private static func isLast(_ key: Key) -> Bool { key.route == other && key.service == other }
}
