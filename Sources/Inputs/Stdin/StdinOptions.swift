/// What can be set about standard input.
package struct StdinOptions: Sendable, Equatable {
    /// Service of lines that name none themselves.
    package var service: String?

    /// Makes options; what is left out has its default.
    package init(service: String? = nil) { self.service = service }
}
