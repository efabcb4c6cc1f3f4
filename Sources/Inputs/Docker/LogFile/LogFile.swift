#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// One open file of the json-file driver.
///
/// A class, because its descriptor is closed exactly once. Used by one thread.
final class LogFile {
    let number: FileNumber
    private let descriptor: Int32

    /// Opens a regular file for reading; nil when that cannot be.
    init?(path: String) {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { return nil }
        guard let facts = FileFacts(descriptor: descriptor), facts.isRegular else {
            close(descriptor)
            return nil
        }
        self.descriptor = descriptor
        number = facts.number
    }

    deinit { close(descriptor) }

    /// Its size now; nil when the kernel does not tell.
    var size: UInt64? { FileFacts(descriptor: descriptor)?.size }

    /// What it begins with now.
    var fingerprint: FileFingerprint { withHead { FileFingerprint(of: $0) } }

    /// Whether it can be the file of a place.
    func holds(_ place: LogFilePlace) -> Bool {
        guard number == place.number, let size, size >= place.offset else { return false }
        return withHead { place.fingerprint.matches($0) }
    }

    /// Reads what is there from an offset on; nil on an error.
    func read(at offset: UInt64, into buffer: UnsafeMutableBufferPointer<UInt8>) -> Int? {
        guard let at = off_t(exactly: offset) else { return nil }
        while true {
            let count = pread(descriptor, buffer.baseAddress, buffer.count, at)
            if count >= 0 { return count }
            guard errno == EINTR else { return nil }
        }
    }

    private func withHead<Result>(_ body: (UnsafeBufferPointer<UInt8>) -> Result) -> Result {
        var head = [UInt8](repeating: 0, count: FileFingerprint.maxLength)
        let count = head.withUnsafeMutableBytes { pread(descriptor, $0.baseAddress, $0.count, 0) }
        return head.withUnsafeBufferPointer { body(UnsafeBufferPointer(rebasing: $0.prefix(max(0, count)))) }
    }
}
