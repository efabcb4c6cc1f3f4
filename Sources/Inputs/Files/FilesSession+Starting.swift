internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension FilesSession {
    /// Gives a file its identity, with its first byte.
    ///
    /// False: it has none, or it is not one to follow.
    func establish(_ file: FollowedFile) -> Bool {
        guard let facts = FileFacts(descriptor: file.descriptor), facts.size > 0,
            let head = FileReader.head(of: file.descriptor), !head.isEmpty
        else { return false }
        file.size = facts.size
        file.links = facts.links
        if Self.isCompressed(head) {
            ignore(file)
            return false
        }
        head.withUnsafeBufferPointer { head in
            if let resume = stored.claim(file.number, path: file.realPath, size: facts.size, head: head) {
                goOn(with: file, resume)
            } else {
                begin(file, head)
            }
        }
        table.register(file)
        // A start that is not the beginning must survive a crash before the first line.
        if file.origin > 0 { markLanes(of: file, behind: 0) }
        return true
    }

    private func begin(_ file: FollowedFile, _ head: UnsafeBufferPointer<UInt8>) {
        let key = FileKey(number: file.number, hash: StableHash.of(head))
        file.key = key
        file.generation = table.generation(for: key)
        file.fingerprint = FileFingerprint(of: head)
        file.origin = file.beginsAtEnd ? Self.endOfLastLine(file) : 0
        open(file, key, offsets: [:])
    }

    private func goOn(with file: FollowedFile, _ resume: StoredFilePositions.Resume) {
        file.key = resume.key
        file.generation = resume.generation
        file.fingerprint = resume.fingerprint
        file.origin = resume.origin
        open(file, resume.key, offsets: resume.offsets)
    }

    private func open(_ file: FollowedFile, _ key: FileKey, offsets: [String: UInt64]) {
        file.identity = key.identity(generation: file.generation)
        // Where the format was changed, no stream has an offset of its own.
        let known = file.streamNames.contains { offsets[$0] != nil }
        let other = known ? file.origin : offsets.values.min() ?? file.origin
        file.lanes = file.streamNames.map { name in
            let origin = FileOrigin.make(path: file.path, key: key.text(stream: name), stream: name)
            return FileLane(
                stream: SourceStream(origin),
                resume: offsets[name] ?? other,
                maxLineBytes: reader.maxLineBytes
            )
        }
        file.consumed = file.lanes.map(\.resume).min() ?? file.origin
    }

    /// Whether the file at a path begins as a fingerprint says.
    static func head(at path: String, matches fingerprint: FileFingerprint) -> Bool {
        let descriptor = FileDescriptors.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return false }
        defer { FileDescriptors.close(descriptor) }
        guard let head = FileReader.head(of: descriptor) else { return false }
        return head.withUnsafeBufferPointer(fingerprint.matches)
    }

    private func ignore(_ file: FollowedFile) {
        file.isIgnored = true
        table.close(file)
        context.status.note(name, "\(file.path) is compressed and not followed; exclude it to have it unmentioned")
    }

    /// gzip, zstd or xz.
    private static func isCompressed(_ head: [UInt8]) -> Bool {
        head.starts(with: [0x1F, 0x8B]) || head.starts(with: [0x28, 0xB5, 0x2F, 0xFD])
            || head.starts(with: [0xFD, 0x37, 0x7A, 0x58, 0x5A])
    }

    /// Where a line that is being written begins; the end of the file when it is too far back to be looked for.
    private static func endOfLastLine(_ file: FollowedFile) -> UInt64 {
        let length = Int(min(file.size, 64 * 1024))
        let start = file.size - UInt64(length)
        var count = 0
        let tail = [UInt8](unsafeUninitializedCapacity: length) { bytes, initialized in
            count = pread(file.descriptor, bytes.baseAddress, length, off_t(clamping: start))
            initialized = max(0, count)
        }
        if let newline = tail.lastIndex(of: 0x0A) { return start + UInt64(newline) + 1 }
        return start == 0 ? 0 : file.size
    }
}
