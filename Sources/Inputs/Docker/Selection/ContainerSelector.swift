/// Which containers are read: one rule for lists, events and reconnects alike.
package struct ContainerSelector: Sendable {
    private let include: [ContainerPattern]
    private let exclude: [ContainerPattern]
    private let own: OwnContainer

    /// Makes a selector: any of `include` (all when empty), none of `exclude`, never Martlet itself.
    package init(include: [ContainerPattern] = [], exclude: [ContainerPattern] = [], own: OwnContainer = .none) {
        self.include = include
        self.exclude = exclude
        self.own = own
    }

    /// Whether this container is to be read.
    package func selects(_ container: ContainerDetails) -> Bool {
        if own.isSelf(container.id) || container.labels["martlet.exclude"] == "true" { return false }
        if exclude.contains(where: { $0.matches(container) }) { return false }
        return include.isEmpty || include.contains { $0.matches(container) }
    }
}
