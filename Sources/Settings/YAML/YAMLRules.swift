/// What a YAML text may be, besides strict: no anchors, aliases, tags or doubled keys in any.
package struct YAMLRules: Sendable {
    /// Whether several documents may stand in one file.
    package var allowsSeveralDocuments: Bool
    /// Whether `$` interpolates in values.
    package var interpolates: Bool

    /// Martlet's own configuration: one document, interpolated.
    package static let configuration = YAMLRules(allowsSeveralDocuments: false, interpolates: true)
    /// Documents of others (OpenSLO, Sloth, other agents): any number, their `$` is their own.
    package static let foreign = YAMLRules(allowsSeveralDocuments: true, interpolates: false)

    /// Makes rules.
    package init(allowsSeveralDocuments: Bool, interpolates: Bool) {
        self.allowsSeveralDocuments = allowsSeveralDocuments
        self.interpolates = interpolates
    }
}
