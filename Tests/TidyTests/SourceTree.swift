#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The sources of this repository, read from disk.
struct SourceTree {
    /// The folder that holds `Package.swift`.
    let root: String

    init(testFile: String = #filePath) {
        root = testFile.split(separator: "/").dropLast(3).reduce(into: "") { $0 += "/" + $1 }
    }

    /// Every Swift and C file under a folder of the repository, by path.
    func files(under folder: String) throws -> [SourceFile] {
        try paths(under: folder)
            .filter { path in [".swift", ".c", ".h", ".cc", ".cpp"].contains { path.hasSuffix($0) } }
            .map { SourceFile(path: $0, text: try read($0)) }
    }

    private func paths(under folder: String) throws -> [String] {
        guard let directory = opendir(root + "/" + folder) else { throw Unreadable(path: folder) }
        defer { closedir(directory) }
        var found: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard !name.hasPrefix(".") else { continue }
            let path = folder + "/" + name
            found += entry.pointee.d_type == UInt8(DT_DIR) ? try paths(under: path) : [path]
        }
        return found.sorted()
    }

    private func read(_ path: String) throws -> String {
        guard let file = fopen(root + "/" + path, "r") else { throw Unreadable(path: path) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&chunk, 1, chunk.count, file), count > 0 { bytes += chunk[..<count] }
        return String(decoding: bytes, as: UTF8.self)
    }

    struct Unreadable: Error { let path: String }
}
