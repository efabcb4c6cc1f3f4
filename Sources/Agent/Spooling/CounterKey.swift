import Spool

/// The text under which counters stand in the commit log: a family and label values, kept apart by a separator.
///
/// Families are names of this file's callers, not of `/metrics`: a series may be renamed there without a reset here.
enum CounterKey {
    /// Unit separator; label values cannot have it, because control characters are escaped before they get here, and
    /// a key that does not split as expected is left out.
    private static let separator: Character = "\u{1F}"

    static func text(_ family: String, _ labels: String...) -> String {
        labels.reduce(family) { $0 + String(separator) + $1.filter { $0 != separator } }
    }

    /// Family and label values.
    static func parts(_ key: String) -> (family: Substring, labels: [String]) {
        let parts = key.split(separator: separator, omittingEmptySubsequences: false)
        return (parts[0], parts.dropFirst().map { String($0) })
    }
}

extension ContainerSignalState.Series {
    /// Under what their events stand in frames.
    private static let family = "ct"

    private var counterKey: String { CounterKey.text(Self.family, service, container) }

    /// Events as they stand in a frame.
    static func counters(_ events: [Self: ContainerSignalState.Events]) -> [CommittedState.Counter] {
        events.map { .init($0.key.counterKey, [UInt64($0.value.restarts), UInt64($0.value.oomKills)]) }
    }

    /// All events that were committed.
    static func events(_ committed: CommittedState) -> [Self: ContainerSignalState.Events] {
        var events: [Self: ContainerSignalState.Events] = [:]
        for counter in committed.counters where counter.values.count == 2 {
            let (family, labels) = CounterKey.parts(counter.key)
            guard family == Self.family, labels.count == 2 else { continue }
            events[Self(service: labels[0], container: labels[1])] = .init(
                restarts: Int64(clamping: counter.values[0]),
                oomKills: Int64(clamping: counter.values[1])
            )
        }
        return events
    }
}
