/// The lines at the end of a stream that have been read and may still become part of a longer record.
package struct OpenTail: Sendable, Equatable {
    /// The stream's key.
    package var key: String
    /// Number of the batch that the first of them came in.
    package var batch: UInt64
    package var lines: Int

    /// Makes a tail.
    package init(key: String, batch: UInt64, lines: Int) {
        self.key = key
        self.batch = batch
        self.lines = lines
    }
}
