/// The file operations of an archive, all of them durable when they return.
package protocol ArchiveFiles: Sendable {
    /// Names and sizes of the regular files there are.
    func list() throws(ArchiveError) -> [(name: String, bytes: Int)]
    /// Makes a file that must not be there yet.
    func create(_ name: String) throws(ArchiveError)
    /// Writes at the end, which is at `offset`. When it throws, some of the bytes may be there all the same.
    func append(_ bytes: [UInt8], to name: String, at offset: Int) throws(ArchiveError)
    /// Cuts a file back.
    func truncate(_ name: String, to bytes: Int) throws(ArchiveError)
    /// Gives a file another name.
    func rename(_ name: String, to other: String) throws(ArchiveError)
    /// Removes a file.
    func remove(_ name: String) throws(ArchiveError)
}
