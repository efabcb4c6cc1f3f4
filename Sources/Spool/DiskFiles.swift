#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The file system of the host below one directory.
package struct DiskFiles: SpoolFiles {
    private let root: String
    private let isReadOnly: Bool

    /// Files below `root`, which must be there; with `isReadOnly` whatever would change something fails.
    package init(root: String, isReadOnly: Bool = false) {
        self.root = root
        self.isReadOnly = isReadOnly
    }

    package func makeDirectory(_ path: String) throws(FileFailure) {
        if isReadOnly { return }
        var made = ""
        for part in path.split(separator: "/") {
            let parent = made
            made += made.isEmpty ? String(part) : "/" + part
            if mkdir(full(made), 0o700) == 0 {
                try syncDirectory(parent)
            } else if errno != EEXIST {
                throw failure("make", made)
            }
        }
    }

    package func list(_ directory: String) throws(FileFailure) -> [String] {
        guard let handle = opendir(full(directory)) else {
            if errno == ENOENT { return [] }
            throw failure("list", directory)
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                // Invariant: `d_name` ends in NUL within the entry.
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    package func open(_ path: String, create: Bool) throws(FileFailure) -> Int {
        if create { try refuse("make", path) }
        let flags = (isReadOnly ? O_RDONLY : O_RDWR) | O_CLOEXEC | (create ? O_CREAT | O_EXCL : 0)
        let file = Glibc.open(full(path), flags, 0o600)
        guard file >= 0 else { throw failure(create ? "make" : "open", path) }
        return Int(file)
    }

    package func close(_ file: Int) { _ = Glibc.close(Int32(file)) }

    package func size(_ file: Int) throws(FileFailure) -> Int {
        var status = stat()
        guard fstat(Int32(file), &status) == 0 else { throw failure("look at", "the open file") }
        return Int(status.st_size)
    }

    package func write(_ file: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) {
        var done = 0
        while done < bytes.count {
            guard let base = bytes.baseAddress else { return }
            let count = pwrite(Int32(file), base + done, bytes.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("write to", name(of: file)) }
            done += count
        }
    }

    package func read(
        _ file: Int,
        into buffer: UnsafeMutableRawBufferPointer,
        at offset: Int
    ) throws(FileFailure) -> Int {
        var done = 0
        while done < buffer.count {
            guard let base = buffer.baseAddress else { return 0 }
            let count = pread(Int32(file), base + done, buffer.count - done, off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", name(of: file)) }
            if count == 0 { break }
            done += count
        }
        return done
    }

    package func allocate(_ file: Int, _ bytes: Int) throws(FileFailure) {
        let code = posix_fallocate(Int32(file), 0, off_t(bytes))
        // A file system that cannot allocate ahead works all the same, with less to promise on a full disk.
        guard code == 0 || code == EOPNOTSUPP || code == EINVAL else {
            throw failure("allocate", name(of: file), code)
        }
    }

    package func truncate(_ file: Int, to bytes: Int) throws(FileFailure) {
        guard ftruncate(Int32(file), off_t(bytes)) == 0 else { throw failure("cut", name(of: file)) }
    }

    package func sync(_ file: Int) throws(FileFailure) {
        guard fdatasync(Int32(file)) == 0 else { throw failure("sync", name(of: file)) }
    }

    package func syncDirectory(_ path: String) throws(FileFailure) {
        let folder = Glibc.open(full(path), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure("open", path) }
        defer { _ = Glibc.close(folder) }
        // Some file systems cannot sync a directory and say so; there is no more to be had from them.
        guard fsync(folder) == 0 || errno == EINVAL else { throw failure("sync", path) }
    }

    package func rename(_ path: String, to newPath: String) throws(FileFailure) {
        try refuse("rename", path)
        guard Glibc.rename(full(path), full(newPath)) == 0 else { throw failure("rename", path) }
    }

    package func remove(_ path: String) throws(FileFailure) {
        try refuse("remove", path)
        guard unlink(full(path)) == 0 || errno == ENOENT else { throw failure("remove", path) }
    }

    package func space() throws(FileFailure) -> (free: Int, total: Int) {
        var status = statvfs()
        guard statvfs(root, &status) == 0 else { throw failure("look at", "") }
        let block = Int(clamping: status.f_frsize)
        func bytes(_ blocks: UInt) -> Int { Int(clamping: blocks).multipliedReportingOverflow(by: block).partialValue }
        return (bytes(UInt(status.f_bavail)), bytes(UInt(status.f_blocks)))
    }

    private func refuse(_ doing: String, _ path: String) throws(FileFailure) {
        if isReadOnly { throw failure(doing, path, EROFS) }
    }

    private func full(_ path: String) -> String { path.isEmpty ? root : root + "/" + path }

    /// What `/proc` says the file is called: only for messages.
    private func name(of file: Int) -> String {
        let code = errno
        defer { errno = code }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = buffer.withUnsafeMutableBytes { bytes in
            guard let base = bytes.baseAddress else { return 0 }
            return readlink("/proc/self/fd/\(file)", base.assumingMemoryBound(to: CChar.self), bytes.count)
        }
        return count > 0 ? String(decoding: buffer[..<count], as: UTF8.self) : "an open file"
    }

    private func failure(_ doing: String, _ path: String, _ code: Int32? = nil) -> FileFailure {
        let code = code ?? errno
        let shown = path.hasPrefix("/") ? path : full(path)
        return FileFailure(doing: doing, path: shown, code: code, reason: String(cString: strerror(code)))
    }
}
