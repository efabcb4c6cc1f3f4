/// A list of a configuration file.
package struct ConfigurationSequence: Sendable, Equatable {
    /// The items in the file's order.
    package let items: [ConfigurationNode]
    /// Where it begins.
    package let mark: Mark
    /// Its dotted path.
    package let path: String

    /// Makes a list.
    package init(items: [ConfigurationNode], mark: Mark, path: String) {
        self.items = items
        self.mark = mark
        self.path = path
    }
}
