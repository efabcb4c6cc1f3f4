/// Every SLO of every service: takes committed counts and the time, gives alerts, readings and its own state.
///
/// Belongs to one thread. Services of an SLO for every service are added when they first have an event.
package struct ObjectiveBoard: Sendable {
    /// Services that an SLO for every service keeps apart; what is beyond counts together as `__other__`.
    package static let maximumServices = 200
    /// The service that stands for all that are too many.
    package static let otherServices = "__other__"

    package let set: SLOSet
    /// Whether there is room for so many bytes more.
    private let admits: @Sendable (Int) -> Bool
    /// What each SLO takes for one service.
    private let bytes: [Int]
    package private(set) var clock: SteadyClock
    /// In the order in which they came; SLOs of one service first, in the order of the configuration.
    package private(set) var trackers: [ObjectiveTracker] = []
    private var places: [Place: Int] = [:]
    private var servicesOfSLO: [Int: Int] = [:]

    private struct Place: Hashable {
        let slo: Int
        var service: String
    }

    /// Makes a board that has seen nothing.
    ///
    /// `admits` takes memory for another service of an SLO for all; where it refuses, that service counts as
    /// `__other__`. SLOs of one service are had in any case.
    package init(_ set: SLOSet, clock: SteadyClock, admits: @escaping @Sendable (Int) -> Bool = { _ in true }) {
        self.set = set
        self.admits = admits
        bytes = set.slos.map { Ladder.bytes(over: $0.period) }
        self.clock = clock
        for (index, slo) in set.slos.enumerated() where !slo.isForEveryService {
            _ = tracker(Place(slo: index, service: slo.service))
        }
    }

    // MARK: What happens

    /// Moves all SLOs on; what lies between counts as observed where `isObserved`.
    package mutating func advance(to reading: SteadyClock.Reading, isObserved: Bool) {
        clock.advance(to: reading)
        for index in trackers.indices { trackers[index].advance(to: clock.moment, isObserved: isObserved) }
    }

    /// Counts events of an SLO by its index.
    package mutating func add(_ count: ObjectiveCount) {
        guard set.slos.indices.contains(count.slo) else { return }
        let index = tracker(Place(slo: count.slo, service: count.service))
        let time = clock.steady(fromWall: count.time)
        trackers[index].add(good: count.good, bad: count.bad, at: time)
    }

    /// Says that a stretch before now was observed after all, for all SLOs or for those of one service.
    package mutating func observe(_ range: Range<Int64>, service: String? = nil) {
        change(range, service) { $0.observe($1) }
    }

    /// Says that lines of a stretch were lost unread, for all SLOs or for those of one service.
    package mutating func lose(_ range: Range<Int64>, service: String? = nil) {
        change(range, service) { $0.lose($1) }
    }

    /// Looks at all alerts; what to announce.
    package mutating func evaluate() -> [AlertEvent] {
        let now = clock.moment
        return trackers.indices.flatMap { trackers[$0].evaluate(at: now) }
    }

    /// The range is of the wall clock.
    private mutating func change(
        _ range: Range<Int64>,
        _ service: String?,
        _ apply: (inout ObjectiveTracker, Range<Int64>) -> Void
    ) {
        let steady = clock.steady(fromWall: range.lowerBound)..<clock.steady(fromWall: range.upperBound)
        for index in trackers.indices where service == nil || trackers[index].service == service {
            apply(&trackers[index], steady)
        }
    }

    /// The place of a tracker, made if there is none.
    private mutating func tracker(_ wanted: Place) -> Int {
        if let known = places[wanted] { return known }
        var place = wanted
        let count = servicesOfSLO[wanted.slo, default: 0]
        if set.slos[wanted.slo].isForEveryService, count >= Self.maximumServices || !admits(bytes[wanted.slo]) {
            place.service = Self.otherServices
        }
        if let known = places[place] { return known }
        servicesOfSLO[wanted.slo] = count + 1
        trackers.append(ObjectiveTracker(slo: set.slos[place.slo], service: place.service, now: clock.moment))
        places[place] = trackers.count - 1
        return trackers.count - 1
    }

    // MARK: Serialised state

    private static let version: UInt64 = 1

    /// Everything that a later run needs to go on.
    package func encoded() -> [UInt8] {
        var writer = StateWriter()
        writer.put(Self.version)
        clock.encode(to: &writer)
        writer.put(UInt64(trackers.count))
        for tracker in trackers {
            var block = StateWriter()
            block.put(tracker.slo.name)
            block.put(tracker.slo.service)
            block.put(tracker.service)
            tracker.encode(to: &block)
            writer.put(block)
        }
        return writer.bytes
    }

    /// Goes on where another run stopped, with the SLOs of now; nil where the bytes are damaged or of a version that
    /// is not known.
    ///
    /// What passed meanwhile was not observed. SLOs that are no more are left out.
    package init?(
        _ set: SLOSet,
        restoring bytes: [UInt8],
        now: SteadyClock.Reading,
        admits: @escaping @Sendable (Int) -> Bool = { _ in true }
    ) {
        var reader = StateReader(bytes)
        guard reader.unsigned() == Self.version, let clock = SteadyClock(from: &reader),
            let count = reader.count()
        else { return nil }
        self.init(set, clock: clock, admits: admits)
        for _ in 0..<count {
            guard var block = reader.block(), restore(from: &block) else { return nil }
        }
        advance(to: now, isObserved: false)
    }

    private mutating func restore(from block: inout StateReader) -> Bool {
        guard let name = block.text(), let owner = block.text(), let service = block.text() else { return false }
        let index = set.slos.firstIndex { $0.name == name && $0.service == owner }
        guard let index else { return true }
        return trackers[tracker(Place(slo: index, service: service))].restore(from: &block)
    }
}
