/// How far one stream of a file has been read: what is kept across restarts.
package struct FilePosition: Sendable, Equatable {
    /// Grows each time the file is found truncated or its inode reused.
    package var generation: UInt64
    /// Every line of the stream that starts before this is read.
    package var offset: UInt64
    /// Where reading of this generation began: not 0 with `start: now`.
    package var origin: UInt64
    package var fingerprint: FileFingerprint
    /// When the position was noted, in seconds since 1970.
    package var noted: Int64
    /// The last path that led to the file.
    package var path: String

    /// Makes a position.
    package init(
        generation: UInt64,
        offset: UInt64,
        origin: UInt64,
        fingerprint: FileFingerprint,
        noted: Int64,
        path: String
    ) {
        self.generation = generation
        self.offset = offset
        self.origin = origin
        self.fingerprint = fingerprint
        self.noted = noted
        self.path = path
    }

    /// Reads what `text` wrote; nil for anything else.
    package init?(_ text: String) {
        let parts = text.split(separator: " ", maxSplits: 7, omittingEmptySubsequences: false)
        guard parts.count == 8, parts[0] == "1", let generation = UInt64(parts[1]), let offset = UInt64(parts[2]),
            let origin = UInt64(parts[3]), let length = Int(parts[4]), (0...FileFingerprint.maxLength).contains(length),
            let hash = UInt64(parts[5], radix: 16), let noted = Int64(parts[6])
        else { return nil }
        self.init(
            generation: generation,
            offset: offset,
            origin: origin,
            fingerprint: FileFingerprint(length: length, hash: hash),
            noted: noted,
            path: String(parts[7])
        )
    }

    /// The position as it is kept: version, generation, offset, origin, fingerprint, time, path.
    package var text: String {
        let hash = String(fingerprint.hash, radix: 16)
        return "1 \(generation) \(offset) \(origin) \(fingerprint.length) \(hash) \(noted) \(path)"
    }
}
