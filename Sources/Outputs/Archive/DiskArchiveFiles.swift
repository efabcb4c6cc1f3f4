import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// An archive's files in a directory.
package final class DiskArchiveFiles: ArchiveFiles {
    private let directory: String
    /// The file that is being written, kept open.
    private let open = Mutex<(name: String, descriptor: Int32)?>(nil)

    /// Uses a directory, which is made when it is first needed.
    package init(directory: String) {
        self.directory = directory
    }

    deinit { closeOpen() }

    package func list() throws(ArchiveError) -> [(name: String, bytes: Int)] {
        try makeDirectory()
        guard let stream = opendir(directory) else { throw failure("reading \(directory)") }
        defer { closedir(stream) }
        var files: [(name: String, bytes: Int)] = []
        while let entry = readdir(stream) {
            // The name lies at its offset in the entry, ends in NUL, and lives until the next call.
            let place = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            let name = String(cString: UnsafeRawPointer(entry).advanced(by: place).assumingMemoryBound(to: CChar.self))
            var status = stat()
            guard lstat(path(name), &status) == 0, status.st_mode & S_IFMT == S_IFREG else { continue }
            files.append((name, Int(status.st_size)))
        }
        return files
    }

    package func create(_ name: String) throws(ArchiveError) {
        let descriptor = Self.openFile(path(name), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("creating \(name)") }
        closeOpen()
        open.withLock { $0 = (name, descriptor) }
        try syncDirectory()
    }

    package func append(_ bytes: [UInt8], to name: String, at offset: Int) throws(ArchiveError) {
        let descriptor = try descriptor(name)
        var done = 0
        while done < bytes.count {
            let written = bytes.withUnsafeBytes { raw in
                pwrite(descriptor, raw.baseAddress.map { $0 + done }, raw.count - done, off_t(offset + done))
            }
            if written < 0 && errno == EINTR { continue }
            guard written > 0 else { throw failure("writing \(name)") }
            done += written
        }
        guard fdatasync(descriptor) == 0 else {
            // After a failed sync nobody knows what is on disk: this descriptor is not used again.
            let error = failure("syncing \(name)")
            closeOpen()
            throw error
        }
    }

    package func truncate(_ name: String, to bytes: Int) throws(ArchiveError) {
        let descriptor = try descriptor(name)
        guard ftruncate(descriptor, off_t(bytes)) == 0, fsync(descriptor) == 0 else {
            throw failure("cutting back \(name)")
        }
    }

    package func rename(_ name: String, to other: String) throws(ArchiveError) {
        closeOpen()
        guard systemRename(path(name), path(other)) == 0 else { throw failure("renaming \(name)") }
        try syncDirectory()
    }

    package func remove(_ name: String) throws(ArchiveError) {
        guard unlink(path(name)) == 0 || errno == ENOENT else { throw failure("removing \(name)") }
        try syncDirectory()
    }

    private func path(_ name: String) -> String { directory + "/" + name }

    private func failure(_ operation: String) -> ArchiveError { ArchiveError(operation, code: errno) }

    private static func openFile(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, flags, 0o640)
        #else
        Musl.open(path, flags, 0o640)
        #endif
    }

    private func descriptor(_ name: String) throws(ArchiveError) -> Int32 {
        if let known = open.withLock(\.self), known.name == name { return known.descriptor }
        closeOpen()
        let descriptor = Self.openFile(path(name), O_WRONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("opening \(name)") }
        open.withLock { $0 = (name, descriptor) }
        return descriptor
    }

    private func closeOpen() {
        let known = open.withLock { open in
            defer { open = nil }
            return open
        }
        if let known { close(known.descriptor) }
    }

    /// Makes every directory of the path that is missing.
    private func makeDirectory() throws(ArchiveError) {
        var path = directory.hasPrefix("/") ? "" : "."
        for part in directory.split(separator: "/") {
            path += "/" + part
            guard mkdir(path, 0o750) == 0 || errno == EEXIST || errno == EISDIR else { throw failure("making \(path)") }
        }
    }

    private func syncDirectory() throws(ArchiveError) {
        let descriptor = Self.openFile(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("opening \(directory)") }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw failure("syncing \(directory)") }
    }
}

/// `rename(2)`, whose name the method above takes.
private func systemRename(_ old: String, _ new: String) -> Int32 { rename(old, new) }
