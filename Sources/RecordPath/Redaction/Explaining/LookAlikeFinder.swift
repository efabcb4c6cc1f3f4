/// Says of a redacted line what in it looks like something to redact, and why it stayed.
///
/// For `martlet explain`: slow and plain. It looks at every byte for every detector of the catalogue, those that are
/// off included, with the loosest idea of each form, and asks the detector's own checks which of them failed.
struct LookAlikeFinder {
    /// Reasons given at most for one line.
    private static let limit = 24

    private let policy: RedactionPolicy
    private let active: Set<String>
    /// Anchors with their detectors, by the first byte in small letters.
    private let anchors: [UInt8: [(literal: [UInt8], folds: Bool, detector: Detector)]]

    init(_ policy: RedactionPolicy) {
        self.policy = policy
        active = Set(policy.detectorNames)
        var anchors: [UInt8: [(literal: [UInt8], folds: Bool, detector: Detector)]] = [:]
        for detector in Detector.catalogue {
            for anchor in detector.anchors where detector.form != .phone {
                let literal = Array(anchor.text.utf8)
                anchors[literal[0].lowercased, default: []].append((literal, anchor.folds, detector))
            }
        }
        self.anchors = anchors
    }

    /// What looks like something, in the line's order.
    ///
    /// `isProtected` says whether an offset lies in the value of a key that holds ids.
    func find(in line: RedactedLine, isProtected: (Int) -> Bool) -> [LookAlike] {
        let text = Text(line.base, 0, line.count)
        var found: [LookAlike] = []
        var covered: [String: Int] = [:]
        var at = 0
        while at < text.upper, found.count < Self.limit {
            if text[at] == 0x5B, ValueGuard.isTag(text, at) {
                at = (text.first(0x5D, from: at) ?? at) + 1
                continue
            }
            for (name, range, reason) in candidates(text, at) where at >= covered[name, default: 0] {
                covered[name] = max(range.upperBound, at + 1)
                found.append(LookAlike(detector: name, range: range, reason: reason ?? left(name, at, isProtected)))
            }
            at += 1
        }
        return found
    }

    /// Why something that passes every check was left.
    private func left(_ name: String, _ at: Int, _ isProtected: (Int) -> Bool) -> String {
        if !active.contains(name) { return "the detector is off" }
        if isProtected(at) { return "its key holds ids, digests or times" }
        return "it is allowed, or stands behind a key that holds ids"
    }

    /// Names, ranges and refusals at an offset; a refusal of nil: every check is passed.
    private func candidates(_ text: Text, _ at: Int) -> [(String, Range<Int>, String?)] {
        var found: [(String, Range<Int>, String?)] = []
        for (literal, folds, detector) in anchors[text[at].lowercased] ?? []
        where stands(literal, folds, text, at) {
            let (range, reason) = TokenRefusal.of(detector, text, at: at, literalCount: literal.count)
            found.append((detector.name, range, reason))
        }
        if let shape = ShapeRefusal.at(text, at) { found.append(shape) }
        if let key = keyRefusal(text, at) { found.append(key) }
        return found
    }

    private func stands(_ literal: [UInt8], _ folds: Bool, _ text: Text, _ at: Int) -> Bool {
        literal.indices.allSatisfy {
            text[at + $0] == literal[$0] || (folds && text[at + $0].lowercased == literal[$0].lowercased)
        }
    }

    /// A key that holds a sensitive word, or is sensitive and has a value that stays.
    private func keyRefusal(_ text: Text, _ at: Int) -> (String, Range<Int>, String?)? {
        guard text[at] == 0x3D || text[at] == 0x3A, text[at + 1] != 0x3A, text[at + 1] != 0x2F else { return nil }
        let quoteless = text.start(of: ByteSet(" \"'\\"), before: at, reach: 4)
        let start = text.start(of: Redactor.keySet, before: quoteless, reach: 48)
        guard start < quoteless else { return nil }
        let key = UnsafeBufferPointer(start: text.base + start, count: quoteless - start)
        let verdict = policy.verdict(forKey: key)
        if verdict < KeyVerdict.sensitive.rawValue {
            guard let (rule, reason) = policy.classifier.refusal(forKey: key) else { return nil }
            return ("key:" + rule, start..<quoteless, reason)
        }
        let rule = policy.classifier.rules[Int(verdict - KeyVerdict.sensitive.rawValue)]
        guard rule.treatment != .pair, let value = KeyedValue.read(text, from: at + 1) else { return nil }
        guard let reason = Self.refusal(of: value.range, text, rule) else { return nil }
        return ("key:" + rule.name, value.range, reason)
    }

    /// Why the value of a sensitive key stays; nil where it is redacted already.
    private static func refusal(of range: Range<Int>, _ text: Text, _ rule: KeyRule) -> String? {
        if ValueGuard.isTag(text, range.lowerBound) || text.has("REDACTED", at: range.lowerBound + 1) { return nil }
        if text[range.lowerBound] == 0x7B || text[range.lowerBound] == 0x5B { return nil }
        if ValueGuard.isPlaceholder(text, range) { return "its value is a placeholder or masked already" }
        if ValueGuard.isSmallNumber(text, range) { return "its value is a number of one or two digits" }
        if ValueGuard.isHarmlessWord(text, range, inProse: true) { return "its value is a word that hides nothing" }
        if !ValueShape.fits(rule.shape, text, range) { return "its value is not \(rule.shape.description)" }
        if rule.treatment == .authorization { return "its value is a scheme without credentials" }
        if rule.treatment == .cookie { return "its cookies are harmless" }
        return nil
    }
}
