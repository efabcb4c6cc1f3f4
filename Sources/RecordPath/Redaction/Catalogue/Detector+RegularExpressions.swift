extension Detector {
    /// The token rows as regular expressions in RE2's syntax: for the comparison in the benchmarks.
    ///
    /// What a row says about edges, placeholders and context is left out.
    package static var regularExpressions: [String] {
        catalogue.filter { $0.form == .token }.flatMap { detector -> [String] in
            detector.anchors.map { anchor in
                let literal = (anchor.folds ? "(?i)" : "") + escaped(anchor.text)
                guard detector.rules.contains(.lookBack), let cut = firstElementEnd(detector.pattern) else {
                    return literal + detector.pattern
                }
                return String(detector.pattern[..<cut]) + literal + String(detector.pattern[cut...])
            }
        }
    }

    private static func escaped(_ text: String) -> String {
        text.map { $0.isLetter || $0.isNumber || $0 == "_" ? String($0) : "\\\($0)" }.joined()
    }

    /// Where a pattern's first class and its count end.
    private static func firstElementEnd(_ pattern: String) -> String.Index? {
        guard let brace = pattern.firstIndex(of: "}") else { return nil }
        return pattern.index(after: brace)
    }
}
