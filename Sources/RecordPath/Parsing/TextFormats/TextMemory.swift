/// What a stream's lines of text have told about those that will come.
package struct TextMemory: BitwiseCopyable, Sendable, Equatable {
    /// The format of the last line; it is tried first.
    package var format: TextFormat
    /// What the last `#Fields:` line said.
    package var columns = W3CColumns()

    /// Makes the memory of a stream, by default of one that has had no lines.
    package init(format: TextFormat = .text) { self.format = format }
}
