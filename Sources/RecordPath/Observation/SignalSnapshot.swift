/// What workers have counted, by label values: added up over workers, shown by `/metrics`, demo and API.
package struct SignalSnapshot: Sendable {
    /// Labels of a request series; `statusClass` is empty for latency.
    ///
    /// One object for as long as a series lives, hashed once: it is a key in one table after the other, from worker to
    /// page.
    package final class Request: Hashable, Sendable {
        package let service: String
        package let method: String
        package let route: String
        package let statusClass: String
        private let hash: Int

        /// Makes the labels.
        package init(service: String, method: String, route: String, statusClass: String) {
            self.service = service
            self.method = method
            self.route = route
            self.statusClass = statusClass
            var hasher = Hasher()
            for text in [route, service, method, statusClass] { hasher.combine(text) }
            hash = hasher.finalize()
        }

        package static func == (left: Request, right: Request) -> Bool {
            if left === right { return true }
            return left.hash == right.hash && left.route == right.route && left.service == right.service
                && left.method == right.method && left.statusClass == right.statusClass
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(hash) }
    }

    /// A service and one more label.
    package struct Labelled: Hashable, Sendable {
        package var service: String
        package var label: String

        /// Makes the labels.
        package init(service: String, label: String) {
            self.service = service
            self.label = label
        }
    }

    /// Labels of `martlet_redactions_total`.
    package struct Redaction: Hashable, Sendable {
        package var detector: String
        package var action: String

        /// Makes the labels.
        package init(detector: String, action: String) {
            self.detector = detector
            self.action = action
        }
    }

    /// Requests and errors of a series.
    package struct Requests: Sendable {
        package var count: UInt64 = 0
        package var errors: UInt64 = 0
        /// A moment of whoever adds up: when it was last counted.
        package var countedAt: UInt32 = 0

        /// Makes counts.
        package init(count: UInt64 = 0, errors: UInt64 = 0) {
            self.count = count
            self.errors = errors
        }

        mutating func add(_ count: UInt64, _ errors: UInt64) {
            self.count += count
            self.errors += errors
        }
    }

    /// A latency histogram: buckets are not cumulated, the last one is beyond all bounds; sum in nanoseconds.
    package struct Durations: Sendable {
        package var buckets: [UInt64]
        package var sum: Int64 = 0
        /// At most one for each bucket.
        package var exemplars: [Exemplar]
        /// A moment of whoever adds up: when it was last counted.
        package var countedAt: UInt32 = 0

        /// Makes a histogram.
        package init(buckets: [UInt64], sum: Int64, exemplars: [Exemplar] = []) {
            self.buckets = buckets
            self.sum = sum
            self.exemplars = exemplars
        }

        /// Adds what another one counted.
        package static func += (left: inout Durations, right: Durations) {
            left.add(right.buckets, right.sum, right.exemplars)
        }

        static func + (left: Durations, right: Durations) -> Durations {
            var both = left
            both += right
            return both
        }

        mutating func add(
            _ counts: some Collection<some FixedWidthInteger>,
            _ sum: Int64,
            _ others: some Collection<Exemplar>
        ) {
            if buckets.isEmpty { buckets = Array(repeating: 0, count: counts.count) }
            for (index, count) in counts.enumerated() { buckets[index] += UInt64(count) }
            self.sum &+= sum
            for other in others {
                if let place = exemplars.firstIndex(where: { $0.bucket == other.bucket }) {
                    if other.isBetter(than: exemplars[place]) { exemplars[place] = other }
                } else {
                    exemplars.append(other)
                }
            }
        }
    }

    /// A telling request of a bucket.
    package struct Exemplar: Sendable, Equatable {
        package let traceID: TraceID
        /// Counted from 0.
        package let bucket: Int
        /// Nanoseconds.
        package let latency: Int64
        /// Nanoseconds since 1970.
        package let time: Int64
        package let isError: Bool

        init?(_ slot: Exemplars.Slot, bucket: Int) {
            guard let traceID = TraceID(high: slot.high, low: slot.low) else { return nil }
            self.traceID = traceID
            self.bucket = bucket
            latency = slot.latency
            time = slot.time
            isError = slot.isError
        }

        /// Failed before successful, then the newer.
        func isBetter(than other: Exemplar) -> Bool { isError == other.isError ? time > other.time : isError }
    }

    /// Latency buckets, nanoseconds.
    package var bounds: [Int64]
    package var requests: [Request: Requests] = [:]
    package var durations: [Request: Durations] = [:]
    /// By service and level; the level of lines that have none is empty.
    package var records: [Labelled: UInt64] = [:]
    /// By service and input.
    package var readRecords: [Labelled: UInt64] = [:]
    package var readBytes: [Labelled: UInt64] = [:]
    /// By service and kind: trace, request, none.
    package var correlated: [Labelled: UInt64] = [:]
    /// Ids that are invalid or broke with earlier ones, by service and reason.
    package var breaks: [Labelled: UInt64] = [:]
    /// By service and reason: year, future.
    package var replacedTimes: [Labelled: UInt64] = [:]
    /// Records that go to no output, by reason.
    package var dropped: [String: UInt64] = [:]
    /// Lines longer than Martlet reads, by service.
    package var truncated: [String: UInt64] = [:]
    /// Lines that an output had to cut.
    package var truncatedByOutput: UInt64 = 0
    /// By the name of the format.
    package var parsed: [String: UInt64] = [:]
    package var redactions: [Redaction: UInt64] = [:]
    /// Times that a series budget was exceeded.
    package var limited: UInt64 = 0
    /// By service.
    package var latencies: [String: LatencySketch] = [:]

    /// Makes an empty snapshot.
    package init(bounds: [Int64]) { self.bounds = bounds }

    /// Adds what another worker counted, or what was counted since.
    package mutating func add(_ other: SignalSnapshot) {
        // What is taken over as a whole is not copied.
        if requests.isEmpty {
            requests = other.requests
        } else {
            requests.merge(other.requests) { .init(count: $0.count + $1.count, errors: $0.errors + $1.errors) }
        }
        if durations.isEmpty {
            durations = other.durations
        } else {
            durations.merge(other.durations, uniquingKeysWith: +)
        }
        records.merge(other.records, uniquingKeysWith: +)
        readRecords.merge(other.readRecords, uniquingKeysWith: +)
        readBytes.merge(other.readBytes, uniquingKeysWith: +)
        correlated.merge(other.correlated, uniquingKeysWith: +)
        breaks.merge(other.breaks, uniquingKeysWith: +)
        replacedTimes.merge(other.replacedTimes, uniquingKeysWith: +)
        dropped.merge(other.dropped, uniquingKeysWith: +)
        truncated.merge(other.truncated, uniquingKeysWith: +)
        parsed.merge(other.parsed, uniquingKeysWith: +)
        redactions.merge(other.redactions, uniquingKeysWith: +)
        truncatedByOutput += other.truncatedByOutput
        limited += other.limited
        for (service, sketch) in other.latencies { latencies[service, default: LatencySketch()] += sketch }
    }
}
