extension ConfigurationReader {
    /// A list of texts; a single value is refused, so that a list stays one when it shrinks.
    package func strings(_ key: String, default: [String]) -> [String] {
        scalars(key)?.map(\.text) ?? `default`
    }

    /// A list of durations; where one is none the whole list is the default.
    package func durations(_ key: String, default: [Duration]) -> [Duration] {
        guard let scalars = scalars(key) else { return `default` }
        let values = scalars.map { scalar in
            let value = DurationText.parse(scalar.text)
            if value == nil {
                note(at: .scalar(scalar), "\(scalar.shown) is no duration", DurationText.advice(for: scalar))
            }
            return value
        }
        return values.contains(nil) ? `default` : values.compactMap(\.self)
    }

    /// A list of names of an enumeration; items that are none are reported and left out.
    package func choices<E: RawRepresentable & CaseIterable>(
        _ key: String,
        default: [E]
    ) -> [E] where E.RawValue == String {
        guard let scalars = scalars(key) else { return `default` }
        return scalars.compactMap { scalar in
            if let value = E(rawValue: scalar.text) { return value }
            let advice = Self.advice(scalar, among: E.allCases.map(\.rawValue))
            note(at: .scalar(scalar), "\(scalar.shown) is none of its values", advice)
            return nil
        }
    }

    /// A free mapping of names to single values, such as labels, in the file's order.
    package func pairs(_ key: String) -> [(key: String, value: String, mark: Mark)] {
        guard let node = node(key) else { return [] }
        guard let entries = node.entries else {
            note(key, "is \(node.kind), but must be a mapping", "write `\(key): {name: value}`")
            return []
        }
        return entries.compactMap { entry in
            guard let scalar = single(entry.value) else { return nil }
            return (entry.key, scalar.text, entry.keyMark)
        }
    }

    /// The scalars of a list; nil where the key is absent or no list.
    ///
    /// Items that are no scalars are left out.
    package func scalars(_ key: String) -> [ConfigurationScalar]? {
        list(key)?.compactMap(single)
    }

    /// The node as a scalar; anything else is reported.
    private func single(_ node: ConfigurationNode) -> ConfigurationScalar? {
        guard case .scalar(let scalar) = node else {
            note(at: node, "is \(node.kind), but must be a single value", "write one value")
            return nil
        }
        if scalar.isFaulty { return nil }
        if scalar.isNull {
            note(at: node, "has no value", "write one, or quotes for an empty text")
            return nil
        }
        return scalar
    }
}
