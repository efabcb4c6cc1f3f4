#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A directory of its own for one test, removed with everything in it when the value goes away.
package final class TestDirectory: Sendable {
    package let path: String

    /// Makes an empty directory.
    package init() throws {
        var template = Array("/tmp/martlet-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw TestFailure("no directory: errno \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { Self.removeAll(path) }

    /// The path of a file in it.
    package func file(_ name: String) -> String { path + "/" + name }

    /// Names of what is in it, sorted.
    package var names: [String] { Self.names(path) }

    /// Puts a file in place of another one, or of none.
    package func write(_ name: String, _ bytes: [UInt8]) throws {
        guard let stream = fopen(file(name + ".new"), "w") else { throw TestFailure("\(name): errno \(errno)") }
        let written = fwrite(bytes, 1, bytes.count, stream)
        guard fclose(stream) == 0, written == bytes.count, rename(file(name + ".new"), file(name)) == 0 else {
            throw TestFailure("\(name): errno \(errno)")
        }
    }

    /// Puts a file of text.
    package func write(_ name: String, _ text: String) throws { try write(name, Array(text.utf8)) }

    /// The contents of a file.
    package func read(_ name: String) throws -> [UInt8] {
        guard let stream = fopen(file(name), "r") else { throw TestFailure("\(name): errno \(errno)") }
        defer { fclose(stream) }
        var contents: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { contents += chunk.prefix(count) }
        return contents
    }

    private static func names(_ path: String) -> [String] {
        guard let stream = opendir(path) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let place = MemoryLayout<dirent>.offset(of: \.d_name) ?? 0
            names.append(
                String(cString: UnsafeRawPointer(entry).advanced(by: place).assumingMemoryBound(to: CChar.self))
            )
        }
        return names.filter { $0 != "." && $0 != ".." }.sorted()
    }

    private static func removeAll(_ path: String) {
        for name in names(path) where unlink(path + "/" + name) != 0 { removeAll(path + "/" + name) }
        rmdir(path)
    }
}
