import Synchronization

/// Lets somebody watch redacted records as they go by: who asks again and again is shown what came in between.
///
/// Workers look once a batch whether anybody watches. Who has not asked for `patience` is forgotten. All times are
/// nanoseconds of one clock that never goes back.
package final class RecordTap: Sendable {
    /// At most so many watch at a time.
    package static let maximumWatchers = 4
    /// Nanoseconds.
    private static let patience: Int64 = 10_000_000_000

    /// How `TapFilter.Form.json` writes documents.
    let documents: DocumentPlan
    private let watching = Mutex<[String: TapWatcher]>([:])
    private let isOpen = Atomic(false)

    /// Makes a tap that nobody watches.
    package init(documents: DocumentPlan) { self.documents = documents }

    /// What came for a watcher since it last asked with this filter; the first time nothing.
    ///
    /// Nil: too many others watch.
    package func ask(
        _ watcher: String,
        _ filter: TapFilter,
        now: Int64
    ) -> TapWatcher.Catch? {
        let known = watching.withLock { watching -> TapWatcher? in
            watching = watching.filter { now &- $0.value.lastAsked < Self.patience }
            if let known = watching[watcher], known.filter == filter { return known }
            guard watching[watcher] != nil || watching.count < Self.maximumWatchers else { return nil }
            let new = TapWatcher(filter, now: now)
            watching[watcher] = new
            isOpen.store(true, ordering: .relaxed)
            return new
        }
        return known?.take(now: now)
    }

    /// Everybody who watches.
    func watchers(now: Int64) -> [TapWatcher] {
        guard isOpen.load(ordering: .relaxed) else { return [] }
        return watching.withLock { watching in
            watching = watching.filter { now &- $0.value.lastAsked < Self.patience }
            isOpen.store(!watching.isEmpty, ordering: .relaxed)
            return Array(watching.values)
        }
    }
}
