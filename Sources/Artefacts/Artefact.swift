/// A file to be written: where, below the folder that was asked for, and what it says.
package struct Artefact: Sendable, Equatable {
    /// With `/`, relative.
    package let path: String
    package let text: String

    /// Makes a file.
    package init(path: String, text: String) {
        self.path = path
        self.text = text
    }
}
