import Artefacts

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A generated file on disk.
struct GeneratedFile {
    private let path: String
    private let text: String

    init(folder: String, _ artefact: Artefact) {
        path = folder + "/" + artefact.path
        text = artefact.text
    }

    /// What is there; nil where there is no file.
    func read() throws -> String? {
        guard let file = fopen(path, "r") else {
            if errno == ENOENT { return nil }
            throw failure("cannot be read")
        }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&buffer, 1, buffer.count, file)
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        if ferror(file) != 0 { throw failure("cannot be read") }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Writes it whole: beside its place first, so that whoever reads meanwhile sees the old or the new file.
    func write() throws {
        try makeFolders()
        let draft = path + ".new"
        guard let file = fopen(draft, "w") else { throw failure("cannot be written") }
        let bytes = Array(text.utf8)
        let count = fwrite(bytes, 1, bytes.count, file)
        guard fclose(file) == 0, count == bytes.count, rename(draft, path) == 0 else {
            let problem = failure("cannot be written")
            unlink(draft)
            throw problem
        }
    }

    private func makeFolders() throws {
        for (index, character) in zip(path.indices, path) where character == "/" && index > path.startIndex {
            let folder = String(path[..<index])
            if mkdir(folder, 0o777) != 0, errno != EEXIST { throw failure("needs a folder that cannot be made") }
        }
    }

    private func failure(_ problem: String) -> Failure {
        Failure(code: .io, message: "\(path) \(problem): \(String(cString: strerror(errno)))")
    }
}
