internal import RecordPath

/// Finds secrets in environment and arguments with the detectors that redact log lines; tells of them, never what
/// they are.
enum SecretFinder {
    /// A secret without its value.
    struct Secret: Equatable {
        /// The variable's name, or where it stands in the command.
        var place: String
        var detector: String
        /// Characters of the whole value that it stands in.
        var length: Int

        var text: String { "\(place) (\(detector), \(length) characters)" }
    }

    /// A configuration may leave detectors out for its lines; what is told here are places, so all are in force.
    private static let policy = RedactionPolicy()
    private static let lexicon = FieldLexicon(
        sense: { _ in FieldLexicon.Sense(meaning: .other, rank: 0) },
        verdict: { policy.verdict(forKey: $0) }
    )

    /// Secrets among `NAME=value` variables.
    static func inVariables(_ variables: [String]) -> [Secret] {
        variables.compactMap { variable in
            guard let equals = variable.firstIndex(of: "=") else { return nil }
            let name = String(variable[..<equals])
            let value = String(variable[variable.index(after: equals)...])
            guard !value.isEmpty, !Self.isPath(value) else { return nil }
            guard let detector = detector(in: value) ?? detector(in: pair(name, value)) else { return nil }
            return Secret(place: name, detector: detector, length: value.count)
        }
    }

    /// Secrets in a command: in one argument, or in an option and the argument behind it.
    static func inCommand(_ arguments: [String], _ place: String) -> [Secret] {
        var found: [Secret] = []
        for (index, argument) in arguments.enumerated() where !argument.isEmpty {
            let option = index > 0 && arguments[index - 1].hasPrefix("-") ? arguments[index - 1].drop { $0 == "-" } : ""
            let isValue = !option.isEmpty && !argument.hasPrefix("-") && !isPath(argument)
            guard let detector = detector(in: argument) ?? (isValue ? detector(in: pair(option, argument)) : nil) else {
                continue
            }
            found.append(Secret(place: "\(place)[\(index)]", detector: detector, length: argument.count))
        }
        return found
    }

    /// `PASSWORD_FILE=/run/secrets/db`: what the path leads to is the secret.
    private static func isPath(_ value: String) -> Bool {
        value.hasPrefix("/") && !value.contains { $0.isWhitespace || $0 == ":" || $0 == "@" }
    }

    /// As a logger writes a key with its value, for the key may say what the value is.
    private static func pair(_ name: some StringProtocol, _ value: String) -> String {
        let quote = value.contains("\"") ? "'" : "\""
        return String(name.map { $0.isWhitespace || $0 == "\"" ? "_" : $0 }) + "=" + quote + value + quote
    }

    /// The detector of secrets that finds something in a text.
    private static func detector(in text: String) -> String? {
        var redactor = LineRedactor(lexicon: lexicon, policy: policy)
        var line = Arena(capacity: text.utf8.count)
        var output = Arena(capacity: text.utf8.count + 64)
        line.append(text)
        _ = redactor.redact(UnsafePointer(line.base), line.count, into: &output)
        return redactor.counts().filter { $0.value > 0 }.map(\.key.detector).sorted()
            .first { DetectorGroup(ofDetector: $0) == .secrets }
    }
}
