/// A container as metrics name it.
package struct ContainerIdentity: Sendable, Hashable {
    /// Of this very container: a successor of the same name has another one.
    package var id: String
    package var container: String
    package var service: String

    /// Makes an identity.
    package init(id: String, container: String, service: String) {
        self.id = id
        self.container = container
        self.service = service
    }
}
