/// A configuration file as a tree, each part with the place it was read from.
package indirect enum ConfigurationNode: Sendable, Equatable {
    /// One value.
    case scalar(ConfigurationScalar)
    /// A list.
    case sequence(ConfigurationSequence)
    /// Keys and values.
    case mapping(ConfigurationMapping)

    /// Where it begins.
    package var mark: Mark {
        switch self {
        case .scalar(let scalar): scalar.mark
        case .sequence(let sequence): sequence.mark
        case .mapping(let mapping): mapping.mark
        }
    }

    /// Its dotted path.
    package var path: String {
        switch self {
        case .scalar(let scalar): scalar.path
        case .sequence(let sequence): sequence.path
        case .mapping(let mapping): mapping.path
        }
    }

    /// What it is, as an error message says it.
    package var kind: String {
        switch self {
        case .scalar(let scalar): scalar.isNull ? "nothing" : "a single value"
        case .sequence: "a list"
        case .mapping: "a mapping"
        }
    }

    /// The value, where this is one and it is not null.
    package var scalar: ConfigurationScalar? {
        guard case .scalar(let scalar) = self, !scalar.isNull else { return nil }
        return scalar
    }

    /// The items, where this is a list.
    package var items: [ConfigurationNode]? {
        guard case .sequence(let sequence) = self else { return nil }
        return sequence.items
    }

    /// Keys and values in the file's order, where this is a mapping.
    package var entries: [ConfigurationMapping.Entry]? {
        guard case .mapping(let mapping) = self else { return nil }
        return mapping.entries
    }

    /// Every scalar in it, however deep (the depth is bounded by `ConfigurationLimits.depth`).
    package var scalars: [ConfigurationScalar] {
        switch self {
        case .scalar(let scalar): [scalar]
        case .sequence(let sequence): sequence.items.flatMap(\.scalars)
        case .mapping(let mapping): mapping.entries.flatMap(\.value.scalars)
        }
    }
}
