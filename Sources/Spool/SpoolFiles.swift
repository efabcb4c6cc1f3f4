/// A file system as the spool uses it; paths are relative to the spool's directory.
///
/// The simulator of the tests is one that forgets what was not synced.
package protocol SpoolFiles: Sendable {
    /// Makes a directory with the parents that it needs, durably; one that is there is fine.
    func makeDirectory(_ path: String) throws(FileFailure)
    /// The names in a directory; none when it is not there.
    func list(_ directory: String) throws(FileFailure) -> [String]
    /// Opens a file; `create` makes it, and it must not be there.
    func open(_ path: String, create: Bool) throws(FileFailure) -> Int
    /// Closes a file; it is not synced.
    func close(_ file: Int)
    /// Bytes of an open file.
    func size(_ file: Int) throws(FileFailure) -> Int
    /// Writes all bytes, or fails having written some of them.
    func write(_ file: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure)
    /// Reads up to the end of the file or of the buffer; how many bytes.
    func read(_ file: Int, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFailure) -> Int
    /// Gives a file blocks up to `bytes`, so that writing there cannot run out of space.
    func allocate(_ file: Int, _ bytes: Int) throws(FileFailure)
    /// Cuts a file.
    func truncate(_ file: Int, to bytes: Int) throws(FileFailure)
    /// Makes the contents of a file durable.
    func sync(_ file: Int) throws(FileFailure)
    /// Makes the entries of a directory durable.
    func syncDirectory(_ path: String) throws(FileFailure)
    /// Renames a file; one that has the name is replaced.
    func rename(_ path: String, to newPath: String) throws(FileFailure)
    /// Removes a file.
    func remove(_ path: String) throws(FileFailure)
    /// Bytes free, and bytes of the whole file system.
    func space() throws(FileFailure) -> (free: Int, total: Int)
}

extension SpoolFiles {
    /// Writes all bytes of an array.
    func write(_ file: Int, _ bytes: [UInt8], at offset: Int) throws(FileFailure) {
        try bytes.withUnsafeBufferPointer { buffer throws(FileFailure) in
            try write(file, UnsafeRawBufferPointer(buffer), at: offset)
        }
    }

    /// Fills an array; false when the file ends before, or cannot be read there.
    func fill(_ bytes: inout [UInt8], from file: Int, at offset: Int) -> Bool {
        let wanted = bytes.count
        let count = bytes.withUnsafeMutableBytes { try? read(file, into: $0, at: offset) }
        return count == wanted
    }
}

/// An operation of the file system that failed.
package struct FileFailure: Error, Sendable, Equatable, CustomStringConvertible {
    /// In the words of a person: `write`, `sync`, `make`.
    package let doing: String
    package let path: String
    /// errno.
    package let code: Int32
    /// What the system says about the code.
    package let reason: String

    /// Makes a failure.
    package init(doing: String, path: String, code: Int32, reason: String) {
        self.doing = doing
        self.path = path
        self.code = code
        self.reason = reason
    }

    /// The file is gone or its disk is broken: trying again is of no use.
    var isLoss: Bool { code == 2 || code == 5 }

    /// What failed, where, and why.
    package var description: String { "cannot \(doing) \(path): \(reason)" }
}
