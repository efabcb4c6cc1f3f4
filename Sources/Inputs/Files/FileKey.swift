/// The name of a file's positions: `file:<device>:<inode>:<hash of its first bytes>`, and `:stdout` or `:stderr` behind
/// it where the framing has streams.
///
/// Given when a file is first read, and kept however it grows.
package struct FileKey: Sendable, Hashable {
    package var number: FileNumber
    /// Hash of the first bytes as they were when the file was first read.
    package var hash: UInt64

    /// Makes a key.
    package init(number: FileNumber, hash: UInt64) {
        self.number = number
        self.hash = hash
    }

    /// Reads a position's key; the second part is the stream, empty when the file has only one.
    package static func parse(_ text: String) -> (key: FileKey, stream: String)? {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count == 4 || parts.count == 5, parts[0] == "file", let device = UInt64(parts[1]),
            let inode = UInt64(parts[2]), let hash = UInt64(parts[3], radix: 16)
        else { return nil }
        let key = FileKey(number: FileNumber(device: device, inode: inode), hash: hash)
        return (key, parts.count == 5 ? String(parts[4]) : "")
    }

    /// The key of one stream's positions.
    package func text(stream: String) -> String {
        let base = "file:\(number.device):\(number.inode):\(String(hash, radix: 16))"
        return stream.isEmpty ? base : "\(base):\(stream)"
    }

    /// First half of the identity of every line of one generation; the second half is the line's offset.
    package func identity(generation: UInt64) -> UInt64 {
        StableHash.of(text(stream: "").utf8, seed: generation)
    }
}
