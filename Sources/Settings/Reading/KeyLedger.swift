/// Which keys stand in one mapping of the configuration and which of them somebody asked for.
///
/// Apart from `ConfigurationReader`, so that the collector can judge keys later without owning the readers, which
/// own it.
final class KeyLedger {
    /// The dotted path of the mapping.
    let path: String
    /// The keys in the file's order.
    let keys: [String]

    private let entries: [String: ConfigurationMapping.Entry]
    private var asked: [String] = []
    private var askedSet: Set<String> = []
    private var children: [KeyLedger] = []

    /// Opens the ledger of a mapping.
    init(entries: [ConfigurationMapping.Entry], path: String) {
        self.path = path
        self.keys = entries.map(\.key)
        self.entries = Dictionary(entries.map { ($0.key, $0) }) { first, _ in first }
    }

    /// Notes that somebody knows this key, whether it stands in the file or not.
    func ask(_ key: String) {
        guard askedSet.insert(key).inserted else { return }
        asked.append(key)
    }

    /// The entry of a key, without asking for it.
    func entry(_ key: String) -> ConfigurationMapping.Entry? { entries[key] }

    /// Puts the ledger of a mapping inside this one under it.
    func adopt(_ child: KeyLedger) { children.append(child) }

    /// The keys that nobody has asked for until now, here and below; a bounded number of each mapping.
    func unreadKeys(advisedBy collector: ProblemCollector) -> [ConfigurationProblem] {
        let unread = keys.lazy.filter { !self.askedSet.contains($0) }.prefix(ConfigurationLimits.problems + 1)
        let here = unread.compactMap { self.entries[$0] }.map { self.unknown($0, collector) }
        return here + children.flatMap { $0.unreadKeys(advisedBy: collector) }
    }

    /// The paths, here and below, at which somebody asked for this key.
    func homes(of key: String) -> [String] {
        let here = askedSet.contains(key) ? [YAMLTreeBuilder.path(path, key)] : []
        return here + children.flatMap { $0.homes(of: key) }
    }

    private func unknown(_ entry: ConfigurationMapping.Entry, _ collector: ProblemCollector) -> ConfigurationProblem {
        ConfigurationProblem(
            mark: entry.keyMark,
            key: YAMLTreeBuilder.path(path, entry.key),
            problem: "unknown key",
            advice: advice(for: entry.key, collector)
        )
    }

    /// A slip of the hand first, then a key in the wrong place, then what could stand here.
    private func advice(for key: String, _ collector: ProblemCollector) -> String {
        let missing = asked.filter { entries[$0] == nil }
        if let meant = Similarity.nearest(to: key, among: missing) ?? Similarity.nearest(to: key, among: asked) {
            return "did you mean `\(meant)`?"
        }
        if let home = collector.home(of: key) { return "write it as \(MessageText.quoted(home))" }
        guard !asked.isEmpty, asked.count <= 12 else { return "remove it" }
        return "remove it, or write one of \(asked.sorted().joined(separator: ", "))"
    }
}
