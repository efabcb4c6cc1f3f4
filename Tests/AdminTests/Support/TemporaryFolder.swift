#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Gives the body a new folder, which is removed with all that is in it afterwards.
func withTemporaryFolder<Result>(_ body: (TemporaryFolder) throws -> Result) throws -> Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try body(folder)
}

/// The same for a body that waits.
func withTemporaryFolder<Result>(_ body: (TemporaryFolder) async throws -> Result) async throws -> Result {
    let folder = try TemporaryFolder()
    defer { folder.remove() }
    return try await body(folder)
}

/// A folder of one test's own.
struct TemporaryFolder {
    let path: String

    struct Unusable: Error { let path: String }

    fileprivate init() throws {
        var template = Array("/tmp/martlet-admin-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { throw Unusable(path: "/tmp") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    fileprivate func remove() { Self.remove(path) }

    func write(_ text: String, to name: String) throws {
        guard let file = fopen(path + "/" + name, "w") else { throw Unusable(path: name) }
        fputs(text, file)
        fclose(file)
    }

    private static func remove(_ path: String) {
        if unlink(path) != 0, let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                    pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != "." && name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
            rmdir(path)
        }
    }
}
