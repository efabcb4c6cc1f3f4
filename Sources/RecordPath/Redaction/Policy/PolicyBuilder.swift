/// Turns options into the rows that a policy is made of, and collects what is wrong with them.
struct PolicyBuilder {
    /// One name that can appear in tags and counters.
    struct Named {
        /// In counters and configuration: `email`, `key:password`, a user rule's name.
        var name: String
        /// In tags: `email`, `password`.
        var type: String
        var isPlainNumber = false
        var precedence = Finding.Precedence.specific
    }

    struct Anchor {
        var bytes: [UInt8]
        var folds: Bool
        var wantsEdge: Bool
        var probe: Probe
        /// How many letters, digits, dashes and underscores must stand behind it, so that the kernel can tell a
        /// token from a word that begins alike.
        var wordBytes: UInt8 = 0
    }

    /// Patterns of users: more would make the kernel's tables too coarse.
    static let userRuleLimit = 64

    private(set) var detectors: [Named] = []
    private(set) var anchors: [Anchor] = []
    private(set) var keyEndings = KeyEndings()
    private(set) var elements: [TokenPattern.Element] = []
    private(set) var shapes = ShapeProbes()
    private(set) var shapeFlags: UInt32 = 0
    private(set) var actions: [UInt8] = []
    private(set) var problems: [RedactionProblem] = []
    /// Where key rules begin in `detectors`, in the order of the classifier's rules.
    private(set) var firstKeyRule = 0
    private(set) var classifier = KeyClassifier(rules: [])
    private(set) var userRules: [UserRule] = []
    /// The detector of what could not be scanned.
    private(set) var unscanned = 0
    /// Services with actions of their own, in the order of scopes 1….
    private(set) var services: [ServicePattern] = []

    /// Collects everything for the given options.
    init(_ options: RedactionOptions) {
        let chosen = chooseDetectors(options.detectors)
        for detector in chosen { add(detector) }
        addKeyRules(options.keys)
        for (index, rule) in options.rules.enumerated() where rule.pattern != nil { addUserRule(rule, index) }
        unscanned = detectors.count
        detectors.append(Named(name: "unscanned", type: "unscanned"))
        addInternalProbes()
        setActions(options)
    }

    // MARK: Choosing

    private mutating func chooseDetectors(_ names: [String]) -> [Detector] {
        let all = Detector.catalogue
        var chosen: Set<String> = []
        if names.allSatisfy({ $0.hasPrefix("-") }) { chosen = Set(all.filter(\.isOnByDefault).map(\.name)) }
        for name in names {
            let isRemoved = name.hasPrefix("-")
            let wanted = isRemoved ? String(name.dropFirst()) : name
            let found = all.filter {
                wanted == "all" || $0.name == wanted || $0.group.rawValue == wanted
                    || (wanted == "default" && $0.isOnByDefault)
            }
            if found.isEmpty {
                problems.append(
                    .unknown(
                        "detectors",
                        wanted,
                        known: all.map(\.name) + DetectorGroup.allCases.map(\.rawValue) + ["default", "all"]
                    )
                )
            }
            if isRemoved { chosen.subtract(found.map(\.name)) } else { chosen.formUnion(found.map(\.name)) }
        }
        return all.filter { chosen.contains($0.name) }
    }

    private mutating func addKeyRules(_ names: [String]) {
        let all = KeyRule.catalogue
        var chosen: Set<String> = []
        var patterns: [KeyPattern] = []
        if names.allSatisfy({ $0.hasPrefix("-") }) { chosen = Set(all.filter(\.isOnByDefault).map(\.name)) }
        for name in names {
            let isRemoved = name.hasPrefix("-")
            let wanted = isRemoved ? String(name.dropFirst()) : name
            let found = all.filter {
                wanted == "all" || $0.name == wanted || $0.group.rawValue == wanted
                    || (wanted == "default" && $0.isOnByDefault)
            }
            if isRemoved {
                if found.isEmpty {
                    problems.append(.unknown("keys", wanted, known: all.map(\.name) + ["default", "all"]))
                }
                chosen.subtract(found.map(\.name))
            } else if found.isEmpty {
                patterns.append(KeyPattern(wanted))
            } else {
                chosen.formUnion(found.map(\.name))
            }
        }
        if patterns.count > 200 {
            problems.append(
                RedactionProblem(
                    key: "keys",
                    problem: "more than 200 patterns of your own",
                    advice: "use * to name many keys at once"
                )
            )
            patterns = Array(patterns.prefix(200))
        }
        let rules = all.filter { chosen.contains($0.name) || ($0.treatment == .pair && !chosen.isEmpty) }
        classifier = KeyClassifier(rules: rules, patterns: patterns)
        firstKeyRule = detectors.count
        detectors += classifier.rules.map { Named(name: "key:\($0.name)", type: $0.name, precedence: .keyed) }
        addKeyAnchors(rules, patterns)
    }

    // MARK: Anchors

    private mutating func add(_ detector: Detector) {
        let index = UInt16(detectors.count)
        detectors.append(
            Named(
                name: detector.name,
                type: detector.name,
                isPlainNumber: detector.isPlainNumber,
                precedence: detector.precedence
            )
        )
        shapes.set(detector.form, index)
        shapeFlags |= detector.shapes
        var probe = Probe(
            form: detector.form,
            rules: detector.rules,
            literalCount: 0,
            elementCount: 0,
            firstElement: 0,
            detector: index
        )
        var wordBytes: UInt8 = 0
        if detector.form == .token, let pattern = TokenPattern(detector.pattern) {
            probe.firstElement = UInt16(elements.count)
            probe.elementCount = UInt8(pattern.elements.count)
            elements += pattern.elements
            if !detector.rules.contains(.lookBack) { wordBytes = pattern.leadingWordBytes }
        }
        for anchor in detector.anchors {
            add(
                Array(anchor.text.utf8),
                folds: anchor.folds,
                wantsEdge: anchor.wantsEdge,
                probe,
                wordBytes: max(wordBytes, anchor.wordBytes)
            )
        }
    }

    private mutating func add(_ text: String, folds: Bool, wantsEdge: Bool, _ probe: Probe) {
        add(Array(text.utf8), folds: folds, wantsEdge: wantsEdge, probe)
    }

    private mutating func add(
        _ bytes: [UInt8],
        folds: Bool,
        wantsEdge: Bool,
        _ probe: Probe,
        wordBytes: UInt8 = 0
    ) {
        // A literal that is cut has no end behind which one could look.
        let wordBytes = bytes.count <= 32 ? wordBytes : 0
        let bytes = Array(bytes.prefix(32))
        guard bytes.count >= 2 else { return }
        var probe = probe
        probe.literalCount = UInt8(bytes.count)
        anchors.append(
            Anchor(bytes: bytes, folds: folds, wantsEdge: wantsEdge, probe: probe, wordBytes: wordBytes)
        )
    }

    private func operatorProbe(_ form: ProbeForm) -> Probe {
        Probe(form: form, rules: [], literalCount: 0, elementCount: 0, firstElement: 0, detector: 0)
    }

    /// A key in text is found at its operator, `=` or `:`, by the end of a sensitive word before it.
    private mutating func addKeyAnchors(_ rules: [KeyRule], _ patterns: [KeyPattern]) {
        let words = rules.flatMap { $0.anywhere + $0.atEnd + $0.inside }
        for word in words + (words.isEmpty ? [] : KeyRule.appendages) { keyEndings.insert(word) }
        // What the set cannot say: words that end in a digit or beyond ASCII.
        let others = Set(words.map { Array($0.utf8.suffix(2)) }.filter { $0.count == 2 && !$0[1].isLetter })
        let probe = operatorProbe(.keyOperator)
        for ending in others.sorted(by: { $0.lexicographicallyPrecedes($1) }) {
            for mark in "=:".utf8 { add(ending + [mark], folds: true, wantsEdge: false, probe) }
        }
        for pattern in patterns where pattern.longestPart.count >= 3 {
            add(pattern.longestPart, folds: true, wantsEdge: false, operatorProbe(.keyedGlob))
        }
        guard !rules.isEmpty || !patterns.isEmpty else { return }
        for text in [" =", " :", "]=", "1=", "2=", "[0m=", "[0m:"] {
            add(text, folds: false, wantsEdge: false, operatorProbe(.spacedOperator))
        }
        for text in ["':", "' =", "'=", "\\\":"] {
            add(text, folds: false, wantsEdge: false, operatorProbe(.quotedKey))
        }
        add("</", folds: false, wantsEdge: false, operatorProbe(.element))
        for text in [" --", "\"--", "'--"] { add(text, folds: false, wantsEdge: false, operatorProbe(.flag)) }
    }

    private mutating func addInternalProbes() {
        for escape in ["%40", "%3D", "%3A", "%22", "%2B", "%7B", "%20", "%5B"] {
            add(escape, folds: true, wantsEdge: false, operatorProbe(.percentEscape))
        }
    }

    // MARK: Rules of the user

    private mutating func addUserRule(_ rule: RedactionOptions.Rule, _ index: Int) {
        guard let pattern = rule.pattern else { return }
        guard Set(detectors.map(\.name)).isDisjoint(with: [rule.name]), userRules.count < Self.userRuleLimit else {
            let problem =
                userRules.count < Self.userRuleLimit
                ? "another rule or detector is called \(rule.name)"
                : "there are more than \(Self.userRuleLimit) patterns"
            problems.append(
                RedactionProblem(
                    key: "rules[\(index)].name",
                    problem: problem,
                    advice: "give every rule a name of its own, and join patterns with |"
                )
            )
            return
        }
        do throws(RedactionProblem) {
            let made = try UserRule(name: rule.name, pattern: pattern, detector: detectors.count)
            let probe = Probe(
                form: .userPattern,
                rules: [],
                literalCount: 0,
                elementCount: 0,
                firstElement: UInt16(userRules.count),
                detector: UInt16(detectors.count)
            )
            detectors.append(Named(name: rule.name, type: rule.name))
            for literal in made.pattern.literals { add(literal, folds: true, wantsEdge: false, probe) }
            userRules.append(made)
        } catch {
            problems.append(
                RedactionProblem(key: "rules[\(index)].pattern", problem: error.problem, advice: error.advice)
            )
        }
    }

    // MARK: Actions

    private mutating func setActions(_ options: RedactionOptions) {
        let base = UInt8(options.action.index)
        var everywhere = [UInt8](repeating: base, count: detectors.count)
        services = Set(options.rules.flatMap(\.services)).sorted().map { ServicePattern($0) }
        for rule in options.rules { apply(rule, options.action, to: &everywhere, isListed: { $0.services.isEmpty }) }
        actions = everywhere
        for service in services {
            var own = everywhere
            for rule in options.rules where rule.services.contains(service.glob) {
                apply(rule, options.action, to: &own, isListed: { _ in true })
            }
            actions += own
        }
    }

    /// Sets the rule's action for what it names.
    ///
    /// A pattern that is not for everyone is off where it is not listed.
    private mutating func apply(
        _ rule: RedactionOptions.Rule,
        _ standard: RedactionAction,
        to actions: inout [UInt8],
        isListed: (RedactionOptions.Rule) -> Bool
    ) {
        let listed = isListed(rule)
        let action = UInt8((rule.action ?? standard).index)
        for (index, detector) in detectors.enumerated() {
            let isOwn = rule.pattern != nil && detector.name == rule.name
            let isNamed = rule.detectors.contains { matches($0, detector) }
            if isOwn { actions[index] = listed ? action : 255 }
            if isNamed, listed { actions[index] = action }
        }
        for name in rule.detectors where listed && !detectors.contains(where: { matches(name, $0) }) {
            problems.append(.unknown("rules.detectors", name, known: detectors.map(\.name)))
        }
    }

    private func matches(_ name: String, _ detector: Named) -> Bool {
        if name == detector.name || name == detector.type || name == "all" { return true }
        guard let group = DetectorGroup(rawValue: name) else { return false }
        if let known = Detector.catalogue.first(where: { $0.name == detector.name }) { return known.group == group }
        return KeyRule.catalogue.contains { "key:\($0.name)" == detector.name && $0.group == group }
    }
}

/// A service of a rule, with `*` for any bytes.
struct ServicePattern: Sendable {
    let glob: String
    private let pattern: KeyPattern

    init(_ glob: String) {
        self.glob = glob
        pattern = KeyPattern(glob)
    }

    /// Whether a service's name matches.
    func matches(_ name: UnsafeBufferPointer<UInt8>) -> Bool { pattern.matches(name) }
}
