/// Why a source can lose lines before they are read: the values of `reason` of `martlet_input_gaps_total`.
package enum InputGaps {
    /// All reasons of an input, so that their counters are there from the start; none where it loses nothing.
    package static func reasons(of input: String) -> [String] {
        switch input {
        case "docker": ["frame", "rotated", "truncated", "unreadable"]
        case "journald": JournalGap.allCases.map(\.rawValue)
        case "files": ["deleted", "truncated"]
        case "exec": ["queue_full"]
        default: []
        }
    }
}
