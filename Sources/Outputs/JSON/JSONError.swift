/// A text that is not the JSON that was expected.
package struct JSONError: Error, Sendable, Equatable {
    /// Bytes from its beginning to where it went wrong.
    package let offset: Int

    /// Makes an error.
    package init(offset: Int) { self.offset = offset }
}
