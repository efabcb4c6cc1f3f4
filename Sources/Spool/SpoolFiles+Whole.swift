extension SpoolFiles {
    /// Whether a file is there.
    package func contains(_ path: String) throws(FileFailure) -> Bool {
        let (directory, name) = Self.parts(path)
        return try list(directory).contains(name)
    }

    /// The bytes of a file; nil when it is not there.
    package func contents(_ path: String) throws(FileFailure) -> [UInt8]? {
        guard try contains(path) else { return nil }
        let file = try open(path, create: false)
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: try size(file))
        var failure: FileFailure?
        let count = bytes.withUnsafeMutableBytes { buffer -> Int in
            do throws(FileFailure) {
                return try read(file, into: buffer, at: 0)
            } catch {
                failure = error
                return 0
            }
        }
        if let failure { throw failure }
        return Array(bytes[..<count])
    }

    /// Puts a file in the place of another, durably: what is read later is the old one or the new one, never half.
    package func replace(_ path: String, with bytes: [UInt8]) throws(FileFailure) {
        let temporary = path + ".new"
        if try contains(temporary) { try remove(temporary) }
        let file = try open(temporary, create: true)
        do throws(FileFailure) {
            try write(file, bytes, at: 0)
            try sync(file)
        } catch {
            close(file)
            throw error
        }
        close(file)
        try rename(temporary, to: path)
        try syncDirectory(Self.parts(path).directory)
    }

    private static func parts(_ path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return ("", path) }
        return (String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
