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
