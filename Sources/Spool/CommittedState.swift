/// Everything that the commit log says: what a restart goes on from.
package struct CommittedState: Sendable, Equatable {
    /// A number of counters under one key, such as the buckets of a histogram.
    package struct Counter: Sendable, Equatable {
        package var key: String
        package var values: [UInt64]

        /// Makes a counter.
        package init(_ key: String, _ values: [UInt64]) {
            self.key = key
            self.values = values
        }

        /// Adds values; missing ones are zero.
        ///
        /// Sums wrap.
        mutating func add(_ more: [UInt64]) {
            while values.count < more.count { values.append(0) }
            for index in more.indices { values[index] &+= more[index] }
        }
    }

    /// By the lane's name.
    package var lanes: [String: LaneState] = [:]
    /// By the input's key.
    package var positions: [String: String] = [:]
    /// In no order that means anything.
    package private(set) var counters: [Counter] = []
    /// Whatever else shall be committed together with the rest, by name.
    package var notes: [String: [UInt8]] = [:]

    private var counterNumbers: [String: Int] = [:]

    /// Makes the state of an empty spool.
    package init() {}

    /// The values under a key; empty: never counted.
    package func values(_ key: String) -> [UInt64] { counterNumbers[key].map { counters[$0].values } ?? [] }

    /// Two states are equal when they hold the same values, in whatever order they were named.
    package static func == (left: Self, right: Self) -> Bool {
        left.lanes == right.lanes && left.positions == right.positions && left.notes == right.notes
            && left.counterNumbers.count == right.counterNumbers.count
            && left.counters.allSatisfy { right.values($0.key) == $0.values }
    }

    /// Applies what a frame says.
    mutating func apply(_ edit: StateEdit) {
        for (name, lane) in edit.lanes { lanes[name] = lane }
        for (key, position) in edit.positions { positions[key] = position }
        for counter in edit.counters { add(counter) }
        for (name, note) in edit.notes { notes[name] = note }
    }

    private mutating func add(_ counter: Counter) {
        if counter.values.isEmpty { return forget(counter.key) }
        if let number = counterNumbers[counter.key] {
            counters[number].add(counter.values)
        } else {
            counterNumbers[counter.key] = counters.count
            counters.append(counter)
        }
    }

    private mutating func forget(_ key: String) {
        guard let number = counterNumbers.removeValue(forKey: key) else { return }
        // The last one takes its place.
        counters.swapAt(number, counters.count - 1)
        counters.removeLast()
        if number < counters.count { counterNumbers[counters[number].key] = number }
    }
}

/// What one frame changes; a snapshot is the edit that makes everything out of nothing.
struct StateEdit: Equatable {
    var lanes: [(name: String, state: LaneState)] = []
    var positions: [(key: String, position: String?)] = []
    /// What is added; a counter without values is forgotten.
    var counters: [CommittedState.Counter] = []
    var notes: [(name: String, bytes: [UInt8])] = []

    init() {}

    /// The edit that gives a whole state.
    init(snapshot state: CommittedState) {
        lanes = state.lanes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        positions = state.positions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        counters = state.counters
        notes = state.notes.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
    }

    static func == (left: Self, right: Self) -> Bool {
        left.lanes.elementsEqual(right.lanes, by: ==) && left.positions.elementsEqual(right.positions, by: ==)
            && left.counters == right.counters && left.notes.elementsEqual(right.notes, by: ==)
    }
}
