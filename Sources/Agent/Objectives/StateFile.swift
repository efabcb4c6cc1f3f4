import Spool

/// A small file that is replaced as a whole, with a checksum: what is read is old or new, never half.
///
/// A line with the kind, a line with length and checksum of what follows, then the bytes.
struct StateFile: Sendable {
    /// What a file of another kind or a damaged one is moved to.
    static let damagedSuffix = ".damaged"

    let files: any SpoolFiles
    let name: String
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
    func read() throws(FileFailure) -> Contents {
        guard let all = try files.contents(name) else { return .absent }
        guard let bytes = contents(of: all) else {
            try? files.rename(name, to: name + Self.damagedSuffix)
            return .damaged
        }
        return .bytes(bytes)
    }

    /// Replaces the file.
    func write(_ bytes: [UInt8]) throws(FileFailure) {
        let header = "\(kind)\n\(bytes.count) \(ConfigurationHash.text(bytes))\n"
        try files.replace(name, with: Array(header.utf8) + bytes)
    }

    private func contents(of all: [UInt8]) -> [UInt8]? {
        let lines = all.split(separator: 0x0A, maxSplits: 2, omittingEmptySubsequences: false)
        guard lines.count == 3, lines[0].elementsEqual(kind.utf8) else { return nil }
        let bytes = Array(lines[2])
        return lines[1].elementsEqual("\(bytes.count) \(ConfigurationHash.text(bytes))".utf8) ? bytes : nil
    }
}
