#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The secret that page and API want, kept in `agent.data_dir/token` for who may read that file.
package struct AdminToken: Sendable {
    /// 64 hexadecimal digits.
    package let value: String

    private static let digits = 64

    /// Makes a token from 32 bytes of the system's random number generator.
    package static func random() -> AdminToken {
        var generator = SystemRandomNumberGenerator()
        let hexDigits = Array("0123456789abcdef".utf8)
        let bytes = (0..<digits).map { _ in hexDigits[Int(UInt8.random(in: 0..<16, using: &generator))] }
        return AdminToken(value: String(decoding: bytes, as: UTF8.self))
    }

    /// Reads the token of a data directory, and makes one where there is none that only we could read.
    package static func kept(in directory: String) throws(AdminError) -> AdminToken {
        let path = directory + "/token"
        if let token = read(path) { return token }
        let token = random()
        try token.write(to: path)
        return token
    }

    /// Reads the token of a running agent; nil when there is none that this user may read.
    package static func read(_ path: String) -> AdminToken? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var status = stat()
        // A file that others may read or that somebody else has put there is no secret.
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 == 0,
            status.st_uid == geteuid() || geteuid() == 0
        else { return nil }
        guard let text = SmallFile.text(of: descriptor)?.split(separator: "\n").first else { return nil }
        let isToken = text.utf8.count == digits && text.allSatisfy { $0.isHexDigit }
        return isToken ? AdminToken(value: String(text)) : nil
    }

    /// Whether the request bears the token, compared in a time that tells nothing about it.
    func isIn(_ request: AdminRequest) -> Bool {
        let values = request.headerValues("authorization")
        guard values.count == 1, let header = values.first else { return false }
        let scheme = "bearer "
        guard header.prefix(scheme.count).lowercased() == scheme else { return false }
        return matches(Array(header.dropFirst(scheme.count).utf8))
    }

    /// Compares in a time that depends on neither text.
    func matches(_ candidate: [UInt8]) -> Bool {
        let expected = Array(value.utf8)
        var difference = candidate.count ^ expected.count
        for index in expected.indices {
            let byte = index < candidate.count ? candidate[index] : 0
            difference |= Int(byte ^ expected[index])
        }
        return difference == 0
    }

    /// Replaces the file in one step; it is never there half written or readable for others.
    private func write(to path: String) throws(AdminError) {
        let temporary = path + ".new"
        unlink(temporary)
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw Self.failure(path) }
        defer { close(descriptor) }
        let bytes = Array((value + "\n").utf8)
        guard bytes.withUnsafeBytes({ Self.write($0, to: descriptor) }) == bytes.count, fsync(descriptor) == 0,
            rename(temporary, path) == 0
        else {
            let error = Self.failure(path)
            unlink(temporary)
            throw error
        }
    }

    private static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) -> Int {
        #if canImport(Glibc)
        Glibc.write(descriptor, bytes.baseAddress, bytes.count)
        #else
        Musl.write(descriptor, bytes.baseAddress, bytes.count)
        #endif
    }

    private static func failure(_ path: String) -> AdminError {
        .cannotKeepToken(path: path, problem: String(cString: strerror(errno)))
    }
}
