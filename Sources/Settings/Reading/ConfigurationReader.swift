/// Gives a component its options from one mapping of the configuration, and reports what is wrong with them.
///
/// A read never fails: it gives the default and reports, so that one run shows every error. Where the mapping does
/// not stand in the file, every read gives its default. Keys that nobody asked for are errors (`finish`).
///
/// Belongs to one thread, as its collector does; a class because readers remember what was asked of them.
package final class ConfigurationReader {
    /// Where problems go.
    package let problems: ProblemCollector
    /// Whether the key stood in the file.
    package let isPresent: Bool
    /// The dotted path; empty for the root.
    package let path: String
    /// Where the mapping, or the nearest one around it, stands.
    package let mark: Mark

    private let ledger: KeyLedger
    /// By path.
    private var childReaders: [String: ConfigurationReader] = [:]
    private var secretKeys: Set<String> = []

    /// Reads from a node; one that is no mapping is reported.
    package convenience init(_ node: ConfigurationNode, in problems: ProblemCollector) {
        self.init(node, keyMark: node.mark, in: problems)
    }

    /// A reader of nothing: every read gives its default.
    package static func empty(in problems: ProblemCollector, mark: Mark, path: String = "") -> ConfigurationReader {
        ConfigurationReader(entries: [], isPresent: false, path: path, mark: mark, in: problems)
    }

    private convenience init(_ node: ConfigurationNode, keyMark: Mark, in problems: ProblemCollector) {
        if node.entries == nil { Self.reportNoMapping(node, in: problems) }
        self.init(entries: node.entries ?? [], isPresent: true, path: node.path, mark: keyMark, in: problems)
    }

    private init(
        entries: [ConfigurationMapping.Entry],
        isPresent: Bool,
        path: String,
        mark: Mark,
        in problems: ProblemCollector
    ) {
        self.ledger = KeyLedger(entries: entries, path: path)
        self.isPresent = isPresent
        self.path = path
        self.mark = mark
        self.problems = problems
    }

    /// The keys that stand in the file, in its order, whether anybody asked for them or not.
    package var keys: [String] { ledger.keys }

    /// The node of a key, for unions such as `multiline: auto | off | {start: …}`; nil where it does not stand there
    /// or has no value (which is reported).
    package func node(_ key: String) -> ConfigurationNode? {
        ledger.ask(key)
        guard let node = ledger.entry(key)?.value else { return nil }
        guard case .scalar(let scalar) = node else { return node }
        if scalar.isFaulty { return nil }
        guard scalar.isNull else { return node }
        note(key, "has no value", "write one, or remove the key for its default")
        return nil
    }

    /// The node of a key as it stands in the file, without asking for it.
    func rawNode(_ key: String) -> ConfigurationNode? { ledger.entry(key)?.value }

    /// The mapping of a key; absent, it is a reader of nothing.
    ///
    /// Asked twice, it is the same reader.
    package func child(_ key: String) -> ConfigurationReader {
        let path = YAMLTreeBuilder.path(path, key)
        if let known = childReaders[path] { return known }
        ledger.ask(key)
        let reader = makeChild(key, path: path)
        remember(reader, at: path)
        return reader
    }

    /// The list of mappings of a key; none where it is absent.
    package func children(_ key: String) -> [ConfigurationReader] {
        list(key)?.map { reader(over: $0) } ?? []
    }

    /// A mapping of free names to mappings, such as `parse.fields`, in the file's order.
    package func namedChildren(_ key: String) -> [(name: String, reader: ConfigurationReader)] {
        let names = child(key)
        return names.keys.map { ($0, names.child($0)) }
    }

    /// A reader over an item of a list that mixes scalars and mappings; `finish` covers it too.
    package func reader(over node: ConfigurationNode) -> ConfigurationReader {
        if let known = childReaders[node.path] { return known }
        let reader = ConfigurationReader(node, in: problems)
        remember(reader, at: node.path)
        return reader
    }

    /// The items of a list, whatever they are; nil where the key is absent or no list (which is reported).
    package func list(_ key: String) -> [ConfigurationNode]? {
        guard let node = node(key) else { return nil }
        guard let items = node.items else {
            let items = node.scalar.map { $0.written.count < 60 ? $0.written : "…" } ?? "…"
            note(key, "is \(node.kind), but must be a list", "write `\(key): [\(items)]`")
            return nil
        }
        return items
    }

    /// Reports a problem of a key, at its value where it stands in the file.
    ///
    /// Text that interpolation brought in or
    /// that is secret is taken out of the message.
    package func report(_ key: String, _ problem: String, _ advice: String) {
        let hidden = hidden(ledger.entry(key)?.value, isSecret: secretKeys.contains(key))
        note(key, MessageText.hiding(hidden, in: problem), MessageText.hiding(hidden, in: advice))
    }

    /// Reports a problem of the mapping as a whole.
    package func reportSelf(_ problem: String, _ advice: String) {
        problems.add(ConfigurationProblem(mark: mark, key: path, problem: problem, advice: advice))
    }

    /// Reports a problem of a node, such as an item of a list.
    package func report(at node: ConfigurationNode, _ problem: String, _ advice: String) {
        let hidden = hidden(node, isSecret: false)
        note(at: node, MessageText.hiding(hidden, in: problem), MessageText.hiding(hidden, in: advice))
    }

    /// Reports a problem of a key in words that show no value but by `ConfigurationScalar.shown`.
    func note(_ key: String, _ problem: String, _ advice: String) {
        let place = ledger.entry(key)?.value.mark ?? mark
        let path = YAMLTreeBuilder.path(path, key)
        problems.add(ConfigurationProblem(mark: place, key: path, problem: problem, advice: advice))
    }

    /// Reports a problem of a node in words that show no value but by `ConfigurationScalar.shown`.
    func note(at node: ConfigurationNode, _ problem: String, _ advice: String) {
        problems.add(ConfigurationProblem(mark: node.mark, key: node.path, problem: problem, advice: advice))
    }

    /// Reports the keys that nobody asked for, here and in every mapping below, when the problems are looked at.
    package func finish() {
        problems.finish(ledger)
    }

    /// Marks a key's value as one that is never printed.
    func conceal(_ key: String) {
        secretKeys.insert(key)
    }

    private func remember(_ reader: ConfigurationReader, at path: String) {
        childReaders[path] = reader
        ledger.adopt(reader.ledger)
    }

    private func makeChild(_ key: String, path: String) -> ConfigurationReader {
        guard let entry = ledger.entry(key) else { return .empty(in: problems, mark: mark, path: path) }
        return ConfigurationReader(entry.value, keyMark: entry.keyMark, in: problems)
    }

    /// The values that a message about the node must not show.
    private func hidden(_ node: ConfigurationNode?, isSecret: Bool) -> [ConfigurationScalar] {
        (node?.scalars ?? []).filter { isSecret || $0.isInterpolated }
    }

    private static func reportNoMapping(_ node: ConfigurationNode, in problems: ProblemCollector) {
        if case .scalar(let scalar) = node, scalar.isFaulty { return }
        let isEmpty = if case .scalar(let scalar) = node { scalar.isNull } else { false }
        let problem = isEmpty ? "has no value" : "is \(node.kind), but must be a mapping"
        let advice = isEmpty ? "write `{}` to take every default, or remove the key" : "write keys and values below it"
        problems.add(ConfigurationProblem(mark: node.mark, key: node.path, problem: problem, advice: advice))
    }
}
