extension ConfigurationReader {
    /// Text as it stands; a number or a `true` without quotes is text too: every key knows its type.
    package func string(_ key: String, default: String) -> String {
        scalar(key)?.text ?? `default`
    }

    /// Text, or nil where the key is absent or where what it interpolates is empty (`${TENANT:-}`).
    package func optionalString(_ key: String) -> String? {
        guard let scalar = scalar(key) else { return nil }
        return scalar.isInterpolated && scalar.text.isEmpty ? nil : scalar.text
    }

    /// Text that must stand there and must not be empty; otherwise that is reported and the result is nil.
    package func requiredString(_ key: String, _ advice: String) -> String? {
        let wasFaulty = isFaulty(key)
        guard let text = optionalString(key) else {
            if !wasFaulty { note(key, rawNode(key) == nil ? "is missing" : "is empty", advice) }
            return nil
        }
        guard !text.isEmpty else {
            note(key, "is empty", advice)
            return nil
        }
        return text
    }

    /// A secret, which no message ever shows.
    ///
    /// An empty one is an error: it would protect nothing.
    package func secret(_ key: String) -> Secret? {
        conceal(key)
        guard let scalar = scalar(key) else { return nil }
        guard !scalar.text.isEmpty else {
            note(key, "is empty", "write the secret, best as `${file:/run/secrets/…}`")
            return nil
        }
        return Secret(scalar.text)
    }

    /// A secret that must stand there.
    package func requiredSecret(_ key: String, _ advice: String) -> Secret? {
        if rawNode(key) == nil { note(key, "is missing", advice) }
        return secret(key)
    }

    /// A whole percentage: `20%` or `20`.
    package func percent(_ key: String, default: Int, in range: ClosedRange<Int>) -> Int {
        guard let scalar = scalar(key) else { return `default` }
        let text = scalar.text.hasSuffix("%") ? String(scalar.text.dropLast()) : scalar.text
        guard let value = Self.integer(text), range.contains(value) else {
            let advice = "write \(range.lowerBound)% to \(range.upperBound)%, without a fraction"
            return failed(key, "\(scalar.shown) is no percentage that fits", advice, `default`)
        }
        return value
    }

    /// `true` or `false`.
    package func bool(_ key: String, default: Bool) -> Bool {
        guard let scalar = scalar(key) else { return `default` }
        guard scalar.isPlain || scalar.isInterpolated else {
            return failed(key, "\(scalar.shown) is text, not true or false", "remove the quotes", `default`)
        }
        switch scalar.text {
        case "true", "True", "TRUE": return true
        case "false", "False", "FALSE": return false
        default: return failed(key, "\(scalar.shown) is neither true nor false", Self.advice(for: scalar), `default`)
        }
    }

    /// A whole number in a range.
    package func integer(_ key: String, default: Int, in range: ClosedRange<Int>) -> Int {
        guard let scalar = scalar(key) else { return `default` }
        let advice = "write a number from \(range.lowerBound) to \(range.upperBound)"
        guard scalar.isPlain || scalar.isInterpolated else {
            return failed(key, "\(scalar.shown) is text, not a number", "remove the quotes", `default`)
        }
        guard let value = Self.integer(scalar.text) else {
            return failed(key, "\(scalar.shown) is no whole number", advice, `default`)
        }
        guard range.contains(value) else {
            let side = value < range.lowerBound ? "too small" : "too large"
            return failed(key, "\(scalar.shown) is \(side)", advice, `default`)
        }
        return value
    }

    /// A duration: `500ms`, `5s`, `10m`, `1h`, `30d`, `1h30m`.
    package func duration(_ key: String, default: Duration) -> Duration {
        optionalDuration(key) ?? `default`
    }

    /// A duration in a range; what is outside is reported and gives the default.
    package func duration(_ key: String, default: Duration, in range: ClosedRange<Duration>) -> Duration {
        guard let value = optionalDuration(key) else { return `default` }
        guard !range.contains(value) else { return value }
        let side = value < range.lowerBound ? "too short" : "too long"
        let bounds = "\(DurationText.format(range.lowerBound)) to \(DurationText.format(range.upperBound))"
        return failed(key, "\(shown(key)) is \(side)", "write a duration from \(bounds)", `default`)
    }

    /// A duration, or nil where the key is absent.
    package func optionalDuration(_ key: String) -> Duration? {
        guard let scalar = scalar(key) else { return nil }
        guard let value = DurationText.parse(scalar.text) else {
            return failed(key, "\(scalar.shown) is no duration", DurationText.advice(for: scalar), nil)
        }
        return value
    }

    /// A number of bytes: `64KiB`, `10MiB`, `4096`.
    package func size(_ key: String, default: Int) -> Int {
        guard let scalar = scalar(key) else { return `default` }
        guard let value = SizeText.parse(scalar.text) else {
            let meant = scalar.isInterpolated ? nil : SizeText.meant(by: scalar.text)
            return failed(key, "\(scalar.shown) is no size", meant.map { "write \($0)" } ?? SizeText.advice, `default`)
        }
        return value
    }

    /// A number of bytes in a range; what is outside is reported and gives the default.
    package func size(_ key: String, default: Int, in range: ClosedRange<Int>) -> Int {
        let value = size(key, default: `default`)
        guard value != `default`, !range.contains(value) else { return value }
        let side = value < range.lowerBound ? "too small" : "too large"
        let bounds = "\(SizeText.format(range.lowerBound)) to \(SizeText.format(range.upperBound))"
        return failed(key, "\(shown(key)) is \(side)", "write a size from \(bounds)", `default`)
    }

    /// A decimal number, exactly as written; nil where the key is absent.
    ///
    /// A `%` at the end is allowed.
    package func decimal(_ key: String) -> ExactDecimal? {
        guard let scalar = scalar(key) else { return nil }
        let text = scalar.text.hasSuffix("%") ? String(scalar.text.dropLast()) : scalar.text
        guard let value = ExactDecimal(parsing: text) else {
            let advice = "write a decimal number such as 99.9, with at most 9 digits behind the point"
            return failed(key, "\(scalar.shown) is no decimal number", advice, nil)
        }
        return value
    }

    /// One of the names of an enumeration.
    package func choice<E: RawRepresentable & CaseIterable>(
        _ key: String,
        default: E
    ) -> E where E.RawValue == String {
        guard let scalar = scalar(key) else { return `default` }
        guard let value = E(rawValue: scalar.text) else {
            let names = E.allCases.map(\.rawValue)
            return failed(key, "\(scalar.shown) is none of its values", Self.advice(scalar, among: names), `default`)
        }
        return value
    }

    /// The scalar of a key; nil where it is absent or something else (which is reported).
    package func scalar(_ key: String) -> ConfigurationScalar? {
        guard let node = node(key) else { return nil }
        guard let scalar = node.scalar else {
            note(key, "is \(node.kind), but must be a single value", "write `\(key): value`")
            return nil
        }
        return scalar
    }

    /// Whether the key's value could not be made by interpolation, or is none: reported already.
    private func isFaulty(_ key: String) -> Bool {
        rawNode(key) != nil && node(key)?.scalar == nil
    }

    /// How a message names the value of a key.
    private func shown(_ key: String) -> String { scalar(key)?.shown ?? "it" }

    private func failed<Value>(_ key: String, _ problem: String, _ advice: String, _ value: Value) -> Value {
        note(key, problem, advice)
        return value
    }

    /// Decimal digits with an optional sign: YAML 1.2's integers without octal and hexadecimal.
    static func integer(_ text: String) -> Int? {
        let digits = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ $0 >= 48 && $0 <= 57 }) else { return nil }
        return Int(text)
    }

    private static func advice(for scalar: ConfigurationScalar) -> String {
        guard !scalar.isInterpolated else { return "write true or false" }
        switch scalar.text.lowercased() {
        case "yes", "on", "y", "1", "enabled": return "write true"
        case "no", "off", "n", "0", "disabled": return "write false"
        default: return "write true or false"
        }
    }

    /// Advice for a value that should be one of some names.
    package static func advice(_ scalar: ConfigurationScalar, among names: [String]) -> String {
        if !scalar.isInterpolated, let meant = Similarity.nearest(to: scalar.text, among: names) {
            return "did you mean `\(meant)`?"
        }
        return "write \(names.joined(separator: " or "))"
    }
}
