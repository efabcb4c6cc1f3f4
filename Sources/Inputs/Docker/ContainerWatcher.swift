/// Decides which containers are read when: lists, events and ends of streams in, actions out.
///
/// No I/O.
///
/// Events are hints: the engine drops them under load. What counts is the list, which is read again on a timer.
/// A running container is followed. One that is not is read to its end once, also when a follow stream of it has
/// just ended, for such a stream can end before the last lines. Everything that fails is tried again with backoff.
package struct ContainerWatcher: Sendable {
    /// What to do.
    package enum Action: Sendable, Equatable {
        /// Open a follow stream.
        case follow(String)
        /// Read what is there to its end.
        case drain(String)
        /// Nobody will ever want its positions again.
        case forget(String)
    }

    /// How reading ended.
    package enum Ending: Sendable, Equatable {
        /// The engine sent everything and closed the stream as it should.
        case complete
        /// Anything else: it will be tried again.
        case broken
        /// There is no such container any more.
        case missing
        /// It cannot or shall not be read.
        case ignored
    }

    private struct Entry {
        var isRunning = false
        var reading: Reading?
        var isDrained = false
        var isIgnored = false
        /// When a new attempt may begin.
        var notBefore: Int64 = 0
        var failures = 0
        /// When the container was found to be gone.
        var goneAt: Int64?
    }

    private enum Reading { case follow, drain }

    /// Positions of a container that is gone are kept this long: a list may be wrong for a while.
    package static let keepMilliseconds: Int64 = 24 * 3600 * 1000
    private static let drainsMax = 4
    private static let attemptsOnceMax = 5
    private static let firstBackoffMilliseconds: Int64 = 100
    private static let longestBackoffMilliseconds: Int64 = 30_000

    /// Set when the list should be read again soon.
    package var wantsList = true
    private let once: Bool
    private var entries: [String: Entry] = [:]
    private var drains = 0
    private var hasList = false

    /// Makes a watcher; with `once` every container is read to its present end and that is all.
    package init(once: Bool = false) { self.once = once }

    /// With `once`: everything has been read.
    package var isFinished: Bool {
        once && hasList && entries.values.allSatisfy { $0.isDrained || $0.isIgnored || $0.goneAt != nil }
    }

    /// There are positions of this container from the last run.
    package mutating func remember(_ id: String) {
        if entries[id] == nil { entries[id] = Entry(isDrained: true) }
    }

    /// The engine's list: every container there is, and whether it runs.
    package mutating func listed(_ containers: [(id: String, isRunning: Bool)], now: Int64) {
        wantsList = false
        let isFirst = !hasList
        hasList = true
        for container in containers {
            var entry = entries[container.id] ?? Entry()
            if isFirst || entry.isRunning != container.isRunning { entry.isDrained = false }
            entry.isRunning = container.isRunning
            entry.goneAt = nil
            entries[container.id] = entry
        }
        let ids = Set(containers.lazy.map(\.id))
        for id in entries.keys where !ids.contains(id) { gone(id, now: now) }
    }

    /// The engine says that a container has been started.
    package mutating func started(_ id: String) {
        var entry = entries[id] ?? Entry()
        entry.isRunning = true
        entry.isDrained = false
        entry.goneAt = nil
        entries[id] = entry
    }

    /// The engine says that a container has ended: its stream will end by itself.
    package mutating func stopped(_ id: String) {
        entries[id]?.isRunning = false
        entries[id]?.isDrained = false
    }

    /// The engine says that a container has been removed.
    package mutating func removed(_ id: String, now: Int64) { gone(id, now: now) }

    /// Something about a container has changed: look again whether it is to be read.
    package mutating func changed(_ id: String) { entries[id]?.isIgnored = false }

    /// The connection to the engine is new: all that it said before may be out of date.
    package mutating func reattached() {
        wantsList = true
        for id in entries.keys {
            entries[id]?.isDrained = false
            entries[id]?.notBefore = 0
        }
    }

    /// Reading has ended; `hadLines`: it was worth it.
    package mutating func ended(_ id: String, _ ending: Ending, hadLines: Bool, now: Int64) {
        guard var entry = entries[id], let reading = entry.reading else { return }
        if reading == .drain { drains -= 1 }
        entry.reading = nil
        entry.failures = hadLines ? 0 : min(entry.failures + 1, 20)
        switch ending {
        case .complete where reading == .drain:
            entry.isDrained = true
            entry.failures = 0
        case .complete:
            // It does not run any more, or the list will say that it does.
            entry.isRunning = false
            wantsList = true
        case .broken:
            entry.notBefore = now + Self.backoff(entry.failures)
            wantsList = true
            if once, entry.failures >= Self.attemptsOnceMax { entry.isDrained = true }
        case .missing: entry.goneAt = entry.goneAt ?? now
        case .ignored: entry.isIgnored = true
        }
        if reading == .follow, ending == .complete, !hadLines { entry.notBefore = now + Self.backoff(entry.failures) }
        entries[id] = entry
    }

    /// What is to be done now.
    ///
    /// Each action is given once; `ended` answers `follow` and `drain`.
    package mutating func next(now: Int64) -> [Action] {
        var actions: [Action] = []
        for (id, entry) in entries where entry.reading == nil {
            if let goneAt = entry.goneAt {
                guard now - goneAt >= Self.keepMilliseconds else { continue }
                entries[id] = nil
                actions.append(.forget(id))
            } else if let reading = wanted(entry, now: now) {
                entries[id]?.reading = reading
                if reading == .drain { drains += 1 }
                actions.append(reading == .follow ? .follow(id) : .drain(id))
            }
        }
        return actions
    }

    /// When `next` will have something to do by the clock alone; nil: only after news.
    package func nextAt(now: Int64) -> Int64? {
        entries.values.lazy.compactMap { entry in
            guard entry.reading == nil else { return nil }
            if let goneAt = entry.goneAt { return goneAt + Self.keepMilliseconds }
            guard !entry.isIgnored, entry.notBefore > now, !entry.isDrained || entry.isRunning else { return nil }
            return entry.notBefore
        }.min()
    }

    private func wanted(_ entry: Entry, now: Int64) -> Reading? {
        guard !entry.isIgnored, entry.notBefore <= now else { return nil }
        if entry.isRunning, !once { return .follow }
        return !entry.isDrained && drains < Self.drainsMax ? .drain : nil
    }

    private mutating func gone(_ id: String, now: Int64) {
        guard entries[id] != nil, entries[id]?.goneAt == nil else { return }
        entries[id]?.goneAt = now
        entries[id]?.isRunning = false
    }

    private static func backoff(_ failures: Int) -> Int64 {
        min(longestBackoffMilliseconds, firstBackoffMilliseconds << Int64(max(0, min(failures, 16) - 1)))
    }
}
