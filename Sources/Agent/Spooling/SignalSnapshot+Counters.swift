import RecordPath
import Spool

extension SignalSnapshot {
    /// The counts as they stand in a frame.
    var counters: [CommittedState.Counter] {
        var counters: [CommittedState.Counter] = []
        func add(_ key: String, _ values: UInt64...) { counters.append(.init(key, values)) }
        for (key, value) in requests { add(key.requestKey, value.count, value.errors) }
        let mark = boundsMark
        for (key, value) in durations {
            counters.append(.init(key.durationKey(mark), value.buckets + [UInt64(bitPattern: value.sum)]))
        }
        for (family, counts) in Self.labelled {
            for (key, value) in self[keyPath: counts] { add(CounterKey.text(family, key.service, key.label), value) }
        }
        for (family, counts) in Self.named {
            for (key, value) in self[keyPath: counts] { add(CounterKey.text(family, key), value) }
        }
        for (key, value) in redactions { add(CounterKey.text("rd", key.detector, key.action), value) }
        if truncatedByOutput > 0 { add("to", truncatedByOutput) }
        if limited > 0 { add("li", limited) }
        return counters
    }

    /// Everything that was committed; what another configuration of buckets counted is left out.
    init(bounds: [Int64], committed: CommittedState) {
        self.init(bounds: bounds)
        for counter in committed.counters { restore(counter) }
    }

    private mutating func restore(_ counter: CommittedState.Counter) {
        let (family, labels) = CounterKey.parts(counter.key)
        let value = counter.values.first ?? 0
        switch (family, labels.count) {
        case ("rq", 4):
            let key = Request(service: labels[0], method: labels[1], route: labels[2], statusClass: labels[3])
            requests[key] = Requests(count: value, errors: counter.values.count > 1 ? counter.values[1] : 0)
        case ("du", 4) where labels[3] == boundsMark && counter.values.count == bounds.count + 2:
            let key = Request(service: labels[0], method: labels[1], route: labels[2], statusClass: "")
            let sum = Int64(bitPattern: counter.values[counter.values.count - 1])
            durations[key] = Durations(buckets: Array(counter.values.dropLast()), sum: sum)
        case ("rd", 2): redactions[Redaction(detector: labels[0], action: labels[1])] = value
        case ("to", 0): truncatedByOutput = value
        case ("li", 0): limited = value
        case (let family, 2):
            guard let counts = Self.labelled.first(where: { $0.family == family }) else { return }
            self[keyPath: counts.path][Labelled(service: labels[0], label: labels[1])] = value
        case (let family, 1):
            guard let counts = Self.named.first(where: { $0.family == family }) else { return }
            self[keyPath: counts.path][labels[0]] = value
        default: return
        }
    }

    /// Tells histograms over other bounds apart: their buckets cannot be added up.
    fileprivate var boundsMark: String {
        // FNV-1a: the same in every run, and short, for it stands in the key of every series.
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for bound in bounds {
            for shift in stride(from: Int64(0), to: 64, by: 8) {
                hash ^= UInt64(truncatingIfNeeded: bound >> shift & 0xFF)
                hash = hash &* 0x100_0000_01B3
            }
        }
        return String(hash, radix: 36)
    }

    private typealias Counts<Key: Hashable> = (
        family: String, path: any WritableKeyPath<SignalSnapshot, [Key: UInt64]> & Sendable
    )

    private static let labelled: [Counts<Labelled>] = [
        ("lr", \.records), ("rr", \.readRecords), ("rb", \.readBytes), ("co", \.correlated), ("tr", \.replacedTimes),
        ("br", \.breaks),
    ]

    private static let named: [Counts<String>] = [("dr", \.dropped), ("tc", \.truncated), ("pa", \.parsed)]
}

extension SignalSnapshot.Request {
    fileprivate var requestKey: String { CounterKey.text("rq", service, method, route, statusClass) }

    fileprivate func durationKey(_ boundsMark: String) -> String {
        CounterKey.text("du", service, method, route, boundsMark)
    }
}

extension IdleSeries {
    /// Under what they stand in frames.
    func keys(bounds: [Int64]) -> [String] {
        let mark = SignalSnapshot(bounds: bounds).boundsMark
        return requests.map(\.requestKey) + durations.map { $0.durationKey(mark) }
    }
}
