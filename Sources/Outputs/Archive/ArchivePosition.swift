/// How much of the archive is committed: everything up to a length of one file, and all files before it.
package struct ArchivePosition: Sendable, Equatable, CustomStringConvertible {
    /// Number of the file; 0 before the first.
    package var file: Int
    package var bytes: Int

    /// Makes a position.
    package init(file: Int, bytes: Int) {
        self.file = file
        self.bytes = bytes
    }

    /// Reads what `description` gave.
    package init?(_ text: String) {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 2, let file = Int(parts[0]), let bytes = Int(parts[1]), file >= 0, bytes >= 0 else {
            return nil
        }
        self.init(file: file, bytes: bytes)
    }

    /// `FILE:BYTES`.
    package var description: String { "\(file):\(bytes)" }
}
