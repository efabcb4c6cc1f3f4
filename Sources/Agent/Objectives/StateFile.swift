#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A small file that is replaced as a whole (temporary file, fsync, rename, fsync of the folder), with a checksum: what
/// is read is old or new, never half.
///
/// A line with the kind, a line with length and checksum of what follows, then the bytes.
struct StateFile: Sendable {
    /// What a file of another kind or a damaged one is moved to.
    static let damagedSuffix = ".damaged"
    /// What is larger is no file of ours.
    private static let maximumBytes = 256 << 20

    let path: String
    /// The first line, with the version.
    let kind: String

    /// What was found.
    enum Contents: Equatable {
        case absent
        case bytes([UInt8])
        /// Not a file of this kind, or damaged; it has been moved aside.
        case damaged
    }

    /// Reads the file.
    func read() throws(StateFileError) -> Contents {
        guard let all = try Self.load(path) else { return .absent }
        guard let bytes = contents(of: all) else {
            rename(path, path + Self.damagedSuffix)
            return .damaged
        }
        return .bytes(bytes)
    }

    /// Replaces the file.
    func write(_ bytes: [UInt8]) throws(StateFileError) {
        let header = "\(kind)\n\(bytes.count) \(ConfigurationHash.text(bytes))\n"
        let temporary = path + ".new"
        let file = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw StateFileError("create", temporary) }
        let isWritten = Self.writeAll(Array(header.utf8) + bytes, to: file) && fsync(file) == 0
        let error = StateFileError("write", temporary)
        close(file)
        guard isWritten else { throw error }
        guard rename(temporary, path) == 0 else { throw StateFileError("replace", path) }
        let folder = open(SLOFiles.folder(of: path), O_RDONLY | O_CLOEXEC)
        if folder >= 0 {
            fsync(folder)
            close(folder)
        }
    }

    private func contents(of all: [UInt8]) -> [UInt8]? {
        let lines = all.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].elementsEqual(kind.utf8) else { return nil }
        let bytes = Array(lines[2])
        return lines[1].elementsEqual("\(bytes.count) \(ConfigurationHash.text(bytes))".utf8) ? bytes : nil
    }

    private static func load(_ path: String) throws(StateFileError) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        if file < 0, errno == ENOENT { return nil }
        guard file >= 0 else { throw StateFileError("open", path) }
        defer { close(file) }
        var bytes: [UInt8] = []
        var block = [UInt8](repeating: 0, count: 64 * 1024)
        while bytes.count <= maximumBytes {
            let count = Glibc.read(file, &block, block.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw StateFileError("read", path) }
            if count == 0 { break }
            bytes += block[..<count]
        }
        return bytes
    }

    private static func writeAll(_ bytes: [UInt8], to file: Int32) -> Bool {
        var done = 0
        while done < bytes.count {
            let count = bytes[done...].withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count < 0 {
                guard errno == EINTR else { return false }
            } else {
                done += count
            }
        }
        return true
    }
}

/// A state file that cannot be read or written.
struct StateFileError: Error, Equatable {
    let description: String

    /// Takes the reason from `errno`.
    init(_ doing: String, _ path: String) {
        description = "cannot \(doing) \(path): \(String(cString: strerror(errno)))"
    }
}
