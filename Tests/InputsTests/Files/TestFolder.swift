import Glibc
import Testing

/// A folder for one test, deleted with it.
final class TestFolder: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/martlet-files-XXXXXX".utf8CString)
        try #require(mkdtemp(&template) != nil)
        path = template.withUnsafeBufferPointer {
            String(decoding: $0.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        }
    }

    deinit { Self.remove(path) }

    private static func remove(_ path: String) {
        if let handle = opendir(path) {
            while let entry = readdir(handle) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                guard name != ".", name != ".." else { continue }
                if entry.pointee.d_type == 4 { remove("\(path)/\(name)") } else { unlink("\(path)/\(name)") }
            }
            closedir(handle)
        }
        rmdir(path)
    }

    /// Where a name is.
    func file(_ name: String) -> String { "\(path)/\(name)" }

    func make(folder name: String) throws { try #require(mkdir(file(name), 0o755) == 0) }

    /// Appends to a file, which is made when it is missing.
    func append(_ text: String, to name: String) throws {
        try append(Array(text.utf8), to: name)
    }

    func append(_ bytes: [UInt8], to name: String) throws {
        let descriptor = open(file(name), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o644)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        try #require(write(descriptor, bytes, bytes.count) == bytes.count)
    }

    func rename(_ from: String, _ to: String) throws { try #require(Glibc.rename(file(from), file(to)) == 0) }

    func truncate(_ name: String, to size: Int = 0) throws { try #require(Glibc.truncate(file(name), size) == 0) }

    func delete(_ name: String) throws { try #require(unlink(file(name)) == 0) }

    func link(_ name: String, to target: String) throws { try #require(symlink(target, file(name)) == 0) }
}
