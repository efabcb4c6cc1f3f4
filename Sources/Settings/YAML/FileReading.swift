#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Why a file could not be read.
package struct FileReadFailure: Error, Equatable {
    /// What an error message says: `there is no such file`.
    package let reason: String
    /// What one does about it.
    package let advice: String

    /// Makes a failure.
    package init(reason: String, advice: String) {
        self.reason = reason
        self.advice = advice
    }
}

/// Reads a whole file of at most `limit` bytes; a parameter, so that tests need no disk.
package typealias FileReading = (_ path: String, _ limit: Int) throws(FileReadFailure) -> [UInt8]

/// The file system's own files.
package enum DiskFile {
    /// Reads a whole file; one larger than the limit is refused, whatever its kind (a pipe has no size).
    package static func read(_ path: String, limit: Int) throws(FileReadFailure) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure(errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 16_384)
        while true {
            let count = buffer.withUnsafeMutableBytes { systemRead(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            guard count > 0 else { return bytes }
            bytes.append(contentsOf: buffer[..<count])
            guard bytes.count <= limit else {
                throw FileReadFailure(reason: "is larger than \(SizeText.format(limit))", advice: "name the right file")
            }
        }
    }

    private static func failure(_ code: Int32) -> FileReadFailure {
        switch code {
        case ENOENT, ENOTDIR:
            FileReadFailure(reason: "does not exist", advice: "make the file or name another")
        case EACCES, EPERM:
            FileReadFailure(reason: "may not be read by this user", advice: "change its owner or mode")
        case EISDIR:
            FileReadFailure(reason: "is a folder", advice: "name a file in it")
        default:
            FileReadFailure(reason: "cannot be read: \(String(cString: strerror(code)))", advice: "check the file")
        }
    }
}

/// `read(2)` under a name that `DiskFile.read` does not hide.
private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
    read(descriptor, buffer, count)
}
