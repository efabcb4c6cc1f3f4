/// Makes trees of YAML events and reports what a configuration may not have.
///
/// Recursion is bounded by `ConfigurationLimits.depth`. What can be passed over (an anchor, a doubled key) is
/// reported and the reading goes on; what cannot (a syntax error, too deep) is thrown.
struct YAMLTreeBuilder: ~Copyable {
    private let reader: YAMLEventReader
    private let rules: YAMLRules
    private let interpolation: Interpolation
    private let problems: ProblemCollector
    private var depth = 0
    private var nodes = 0

    /// Makes a builder that reports to `problems`.
    init(
        _ reader: consuming YAMLEventReader,
        rules: YAMLRules,
        interpolation: Interpolation,
        problems: ProblemCollector
    ) {
        self.reader = reader
        self.rules = rules
        self.interpolation = interpolation
        self.problems = problems
    }

    /// Every document of the text; none where there is only white space and comments.
    mutating func documents() throws(ConfigurationProblem) -> [ConfigurationNode] {
        var documents: [ConfigurationNode] = []
        while true {
            let event = try reader.next()
            switch event.kind {
            case .streamEnd: return documents
            case .documentStart:
                guard documents.isEmpty || rules.allowsSeveralDocuments else {
                    throw problem(event.mark, "", "a second document begins here", "keep one document and remove `---`")
                }
            case .streamStart, .documentEnd: continue
            default: documents.append(try node(event, path: ""))
            }
        }
    }

    private mutating func node(_ event: YAMLEvent, path: String) throws(ConfigurationProblem) -> ConfigurationNode {
        refuseExtras(of: event, path: path)
        try countNode(event.mark, path)
        switch event.kind {
        case .sequenceStart:
            return try nested(event, path) { (builder) throws(ConfigurationProblem) in
                .sequence(try builder.sequence(event.mark, path: path))
            }
        case .mappingStart:
            return try nested(event, path) { (builder) throws(ConfigurationProblem) in
                .mapping(try builder.mapping(event.mark, path: path))
            }
        case .scalar(let text, let isPlain, let isSingleQuoted):
            let scalar = ConfigurationScalar(
                written: text,
                isPlain: isPlain,
                isSingleQuoted: isSingleQuoted,
                mark: event.mark,
                path: path
            )
            return .scalar(interpolated(scalar))
        default:
            return .scalar(faulty(event.mark, path))
        }
    }

    /// Bounds the memory that a file can cost.
    private mutating func countNode(_ mark: Mark, _ path: String) throws(ConfigurationProblem) {
        nodes += 1
        guard nodes <= ConfigurationLimits.nodes else {
            let advice = "spread them over several files, or name the right file"
            throw problem(mark, "", "more than \(ConfigurationLimits.nodes) values", advice)
        }
        guard path.utf8.count <= ConfigurationLimits.pathBytes else {
            throw problem(mark, "", "keys inside each other of more than 512 bytes", "shorten the keys")
        }
    }

    /// Goes one level down, if there is one left.
    private mutating func nested(
        _ event: YAMLEvent,
        _ path: String,
        _ body: (inout YAMLTreeBuilder) throws(ConfigurationProblem) -> ConfigurationNode
    ) throws(ConfigurationProblem) -> ConfigurationNode {
        guard depth < ConfigurationLimits.depth else {
            throw problem(
                event.mark,
                path,
                "more than \(ConfigurationLimits.depth) mappings and lists inside each other",
                "no key of a configuration is that deep; check brackets and indentation"
            )
        }
        depth += 1
        defer { depth -= 1 }
        return try body(&self)
    }

    private mutating func sequence(
        _ mark: Mark,
        path: String
    ) throws(ConfigurationProblem) -> ConfigurationSequence {
        var items: [ConfigurationNode] = []
        while true {
            let event = try reader.next()
            if case .sequenceEnd = event.kind { return ConfigurationSequence(items: items, mark: mark, path: path) }
            items.append(try node(event, path: "\(path)[\(items.count)]"))
        }
    }

    private mutating func mapping(_ mark: Mark, path: String) throws(ConfigurationProblem) -> ConfigurationMapping {
        var entries: [ConfigurationMapping.Entry] = []
        var lines: [String: Int] = [:]
        while true {
            let event = try reader.next()
            if case .mappingEnd = event.kind { return ConfigurationMapping(entries: entries, mark: mark, path: path) }
            let key = try key(event, path: path)
            let keyPath = Self.path(path, key ?? "?")
            let value = try node(reader.next(), path: keyPath)
            guard let key else { continue }
            if let line = lines.updateValue(event.mark.line, forKey: key) {
                report(event.mark, keyPath, "this key stands here already, at line \(line)", "keep one of the two")
                continue
            }
            entries.append(ConfigurationMapping.Entry(key: key, keyMark: event.mark, value: value))
        }
    }

    /// A key's text, or nil where it is none; that is reported then.
    private mutating func key(_ event: YAMLEvent, path: String) throws(ConfigurationProblem) -> String? {
        guard case .scalar(let text, _, _) = event.kind else {
            _ = try node(event, path: path)
            if case .alias = event.kind { return nil }
            report(event.mark, path, "a key that is a list or a mapping", "write a word as the key")
            return nil
        }
        refuseExtras(of: event, path: Self.path(path, text))
        guard !text.isEmpty, text.utf8.count <= 256 else {
            report(event.mark, path, "a key that is empty or longer than 256 bytes", "write a word as the key")
            return nil
        }
        return text
    }

    private func refuseExtras(of event: YAMLEvent, path: String) {
        if case .alias(let name) = event.kind {
            let advice = "write the value again here; a configuration has no aliases"
            report(event.mark, path, "\(MessageText.quoted("*\(name)")) repeats a value from elsewhere", advice)
        }
        if let anchor = event.anchor {
            let advice = "remove it; a configuration has no anchors"
            report(event.mark, path, "\(MessageText.quoted("&\(anchor)")) names a value", advice)
        }
        if let tag = event.tag {
            let advice = "remove it; every key knows its type"
            report(event.mark, path, "the tag \(MessageText.quoted(tag))", advice)
        }
    }

    private func interpolated(_ scalar: ConfigurationScalar) -> ConfigurationScalar {
        guard rules.interpolates else { return scalar }
        do {
            return scalar.interpolated(try interpolation.apply(to: scalar.written))
        } catch {
            report(scalar.mark, scalar.path, error.problem, error.advice)
            return scalar.interpolated(nil)
        }
    }

    private func faulty(_ mark: Mark, _ path: String) -> ConfigurationScalar {
        ConfigurationScalar(written: "", isPlain: false, mark: mark, path: path).interpolated(nil)
    }

    private func report(_ mark: Mark, _ path: String, _ what: String, _ advice: String) {
        problems.add(problem(mark, path, what, advice))
    }

    private func problem(_ mark: Mark, _ path: String, _ what: String, _ advice: String) -> ConfigurationProblem {
        ConfigurationProblem(mark: mark, key: path, problem: what, advice: advice)
    }

    /// The path of a key below another path.
    static func path(_ parent: String, _ key: String) -> String { parent.isEmpty ? key : "\(parent).\(key)" }
}
