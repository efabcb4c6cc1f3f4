/// The positions of the last run, until the files they belong to are found.
package struct StoredFilePositions {
    /// Where to go on with a file.
    package struct Resume: Equatable {
        package var key: FileKey
        package var generation: UInt64
        package var origin: UInt64
        package var fingerprint: FileFingerprint
        /// An offset for each stream name; a stream without one begins at `origin`.
        package var offsets: [String: UInt64]
        /// The file is not what it was: it begins anew as a later generation.
        package var isTruncated: Bool
    }

    /// What is kept of one file.
    package struct Stored {
        package var key: FileKey
        package var streams: [String: FilePosition]
        /// The newest of its positions.
        package var latest: FilePosition
    }

    private var byInode: [UInt64: [Stored]] = [:]

    /// Reads the positions of this input; others, and what cannot be read, are not touched.
    package init(_ positions: [String: String]) {
        var files: [FileKey: Stored] = [:]
        for (name, text) in positions {
            guard let (key, stream) = FileKey.parse(name), let position = FilePosition(text) else { continue }
            var stored = files[key] ?? Stored(key: key, streams: [:], latest: position)
            stored.streams[stream] = position
            if Self.isNewer(position, stored.latest) { stored.latest = position }
            files[key] = stored
        }
        byInode = Dictionary(grouping: files.values) { $0.key.number.inode }
    }

    /// Whether there is a position of a file of this number that nobody has claimed.
    func holds(_ number: FileNumber) -> Bool { byInode[number.inode]?.contains { $0.key.number == number } ?? false }

    private static func isNewer(_ one: FilePosition, _ other: FilePosition) -> Bool {
        (one.generation, one.noted, one.offset) > (other.generation, other.noted, other.offset)
    }

    /// Files that nobody has claimed.
    package var unclaimed: [Stored] {
        byInode.values.flatMap { $0 }.sorted { $0.key.number.inode < $1.key.number.inode }
    }

    /// Finds and removes what is known about a file; nil when it was never seen.
    ///
    /// The same device and inode is the same file, or, where its first bytes are different ones, the successor
    /// of a truncated or deleted file. A device number may change when the host restarts: then inode, path and
    /// first bytes together decide.
    package mutating func claim(
        _ number: FileNumber,
        path: String,
        size: UInt64,
        head: UnsafeBufferPointer<UInt8>
    ) -> Resume? {
        guard var candidates = byInode[number.inode] else { return nil }
        let continues = { (stored: Stored) in
            size >= stored.latest.offset && stored.latest.fingerprint.matches(head)
        }
        let index =
            candidates.firstIndex { $0.key.number == number && continues($0) }
            ?? candidates.firstIndex {
                $0.latest.path == path && $0.latest.fingerprint.length > 0 && continues($0)
            } ?? candidates.firstIndex { $0.key.number == number }
        guard let index else { return nil }
        let stored = candidates.remove(at: index)
        byInode[number.inode] = candidates
        return Self.resume(stored, isTruncated: !continues(stored))
    }

    private static func resume(_ stored: Stored, isTruncated: Bool) -> Resume {
        let latest = stored.latest
        var resume = Resume(
            key: stored.key,
            generation: latest.generation,
            origin: latest.origin,
            fingerprint: latest.fingerprint,
            offsets: [:],
            isTruncated: isTruncated
        )
        if isTruncated {
            resume.generation += 1
            resume.origin = 0
            resume.fingerprint = .empty
            return resume
        }
        // A stream that is a generation behind has read nothing of this one.
        resume.offsets = stored.streams.mapValues { position in
            position.generation == latest.generation ? position.offset : latest.origin
        }
        return resume
    }
}
