/// A key of the configuration: what it is for, and what it may hold.
package struct SchemaKey: Sendable {
    package let name: String
    package let kind: SchemaKind
    /// One sentence for editors.
    let text: String
    /// What holds where it is left out; nil where nothing does.
    let standard: Node?

    /// Makes a key.
    init(_ name: String, _ kind: SchemaKind, _ text: String, _ standard: Node? = nil) {
        self.name = name
        self.kind = kind
        self.text = text
        self.standard = standard
    }

    var member: Node.Member {
        guard case .object(let members) = kind.node else { return Node.Member(name, kind.node) }
        let about = [Node.Member("description", .text(text))] + (standard.map { [Node.Member("default", $0)] } ?? [])
        return Node.Member(name, .object(about + members))
    }
}
