/// Keys and values of a configuration file, in its order; no key stands twice.
package struct ConfigurationMapping: Sendable, Equatable {
    /// One key with its value.
    package struct Entry: Sendable, Equatable {
        /// The key; keys are never interpolated.
        package let key: String
        /// Where the key stands.
        package let keyMark: Mark
        /// The value.
        package let value: ConfigurationNode
    }

    /// Keys and values in the file's order.
    package let entries: [Entry]
    /// Where it begins.
    package let mark: Mark
    /// Its dotted path; empty for the root.
    package let path: String

    /// Makes a mapping.
    package init(entries: [Entry], mark: Mark, path: String) {
        self.entries = entries
        self.mark = mark
        self.path = path
    }
}
