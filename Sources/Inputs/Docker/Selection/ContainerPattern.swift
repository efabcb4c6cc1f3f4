/// One item of `include` or `exclude`: everything that it names must fit.
package struct ContainerPattern: Sendable, Equatable {
    /// The container's name, without the leading slash.
    package var name: Glob?
    /// The image, as the container was made from it; a pattern without a tag fits any tag.
    package var image: Glob?
    /// A label that must be there, and what its value must look like.
    package var label: Label?

    /// A label condition: `key` or `key=value`, the value with `*` and `?`.
    package struct Label: Sendable, Equatable {
        package var key: String
        package var value: Glob?

        /// Reads `key` or `key=value`; nil without a key.
        package init?(_ text: String) {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let key = parts.first, !key.isEmpty else { return nil }
            self.key = String(key)
            value = parts.count > 1 ? Glob(String(parts[1])) : nil
        }
    }

    /// Makes a pattern.
    package init(name: Glob? = nil, image: Glob? = nil, label: Label? = nil) {
        self.name = name
        self.image = image
        self.label = label
    }

    /// Whether the container fits; a pattern that names nothing fits none.
    package func matches(_ container: ContainerDetails) -> Bool {
        guard name != nil || image != nil || label != nil else { return false }
        if let name, !name.matches(container.name) { return false }
        if let image, !image.matches(container.image), !image.matches(Self.withoutTag(container.image)) { return false }
        guard let label else { return true }
        guard let value = container.labels[label.key] else { return false }
        return label.value?.matches(value) ?? true
    }

    /// `registry:5000/shop/api:1.2@sha256:…` is `registry:5000/shop/api`.
    package static func withoutTag(_ image: String) -> String {
        let named = image.prefix { $0 != "@" }
        guard let colon = named.lastIndex(of: ":"), !named[colon...].contains("/") else { return String(named) }
        return String(named[..<colon])
    }
}
