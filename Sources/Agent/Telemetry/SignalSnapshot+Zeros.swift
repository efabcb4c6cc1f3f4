import RecordPath

extension SignalSnapshot {
    /// The same with a 0 for everything that could have been counted and was not.
    ///
    /// A counter that appears with its first event has no rate for it: Prometheus never sees the step from 0. What is
    /// bounded and known beforehand is there from the start: the reasons for records that reach no output, and of each
    /// service that has been read the reasons for broken ids and replaced times, and its truncated lines.
    package var withZeros: SignalSnapshot {
        var all = self
        for reason in Self.dropReasons { all.dropped[reason, default: 0] += 0 }
        for service in Set(readRecords.keys.map(\.service)).union(records.keys.map(\.service)) {
            all.truncated[service, default: 0] += 0
            for fault in TraceContextFault.allCases {
                all.breaks[Labelled(service: service, label: "\(fault.name)"), default: 0] += 0
            }
            for reason in Self.timeReasons {
                all.replacedTimes[Labelled(service: service, label: reason), default: 0] += 0
            }
        }
        return all
    }
}
