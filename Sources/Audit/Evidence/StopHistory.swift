/// How a container ended when it was told to stop, by the engine's events.
///
/// Exit 137 alone proves nothing: `docker kill` and the kernel give it too. Only a stop signal, then a kill, then the
/// end say that the container did not stop in time.
struct StopHistory: Equatable {
    /// Told to stop, and ended by itself.
    private(set) var graceful = 0
    /// Told to stop, and killed when the time was up.
    private(set) var forced = 0
    /// Killed by the kernel for want of memory.
    private(set) var outOfMemory = 0

    /// Reads events, oldest first; `stopSignal` as `Config.StopSignal` has it.
    init(_ events: [EngineAnswer], stopSignal: String) {
        let stop = Self.number(stopSignal)
        var isTold = false
        var isKilled = false
        for event in events {
            switch event.Action.text ?? event.status.text ?? "" {
            case "kill":
                let signal = Self.number(event.Actor.Attributes.signal.text ?? "")
                if signal == stop { isTold = true } else if signal == "9" { isKilled = true }
            case "oom": outOfMemory += 1
            case "die":
                if isTold { if isKilled { forced += 1 } else { graceful += 1 } }
                (isTold, isKilled) = (false, false)
            case "start": (isTold, isKilled) = (false, false)
            default: break
            }
        }
    }

    /// The number of a signal that stops containers, by number or name; others as they are.
    static func number(_ signal: String) -> String {
        let name = signal.uppercased()
        let bare = name.hasPrefix("SIG") ? String(name.dropFirst(3)) : name
        return ["": "15", "TERM": "15", "KILL": "9", "INT": "2", "QUIT": "3", "HUP": "1"][bare] ?? bare
    }
}
