/// What the two slots of the commit log say.
struct CommitLogReading {
    /// Index of the slot that counts.
    var slot = 0
    /// Highest generation seen; 0: none.
    var generation: UInt64 = 0
    /// Of the last change.
    var number: UInt64 = 0
    var state = CommittedState()
    /// Frames of the slot that counts which do not hold although later ones do.
    var damagedFrames: UInt64 = 0
    /// Slots that are not there, or are no files of ours.
    var isMissing = [true, true]
    /// Slots that are there and do not hold.
    var damaged: [String] = []

    /// Whether there is a spool at all.
    var isNew: Bool { generation == 0 && damaged.isEmpty }
    /// Whether there was one that cannot be read.
    var isLost: Bool { generation == 0 && !damaged.isEmpty }

    /// Reads both slots, changing nothing.
    init(_ files: any SpoolFiles) throws(SpoolError) {
        var found: [(slot: Int, header: FileHeader, bytes: [UInt8])] = []
        for (index, name) in CommitLog.slots.enumerated() {
            guard let bytes = try Self.contents(of: name, files) else { continue }
            do throws(FileHeader.Problem) {
                let header = try FileHeader.decode(bytes, .log)
                found.append((index, header, bytes))
                isMissing[index] = false
            } catch {
                if case .newer(let version) = error { throw .newerVersion(path: name, version: version) }
                damaged.append(name)
            }
        }
        var best: (replay: Replay, slot: Int, generation: UInt64)?
        for (slot, header, bytes) in found {
            guard let replay = Replay(bytes, header) else {
                damaged.append(CommitLog.slots[slot])
                continue
            }
            if let best, (best.replay.number, best.generation) > (replay.number, header.number) { continue }
            best = (replay, slot, header.number)
        }
        guard let best else { return }
        slot = best.slot
        generation = found.map(\.header.number).max() ?? best.generation
        number = best.replay.number
        state = best.replay.state
        damagedFrames = best.replay.damagedFrames
    }

    /// Nil: not there.
    private static func contents(of name: String, _ files: any SpoolFiles) throws(SpoolError) -> [UInt8]? {
        do throws(FileFailure) {
            guard try files.list("").contains(name) else { return nil }
            let file = try files.open(name, create: false)
            defer { files.close(file) }
            let size = try files.size(file)
            var bytes = [UInt8](repeating: 0, count: size)
            var done = 0
            while done < size {
                // An unreadable place is as good as a damaged one.
                let count =
                    bytes.withUnsafeMutableBytes { raw in
                        try? files.read(file, into: .init(rebasing: raw[done...]), at: done)
                    } ?? 0
                guard count > 0 else { break }
                done += count
            }
            return bytes
        } catch {
            throw .file(error)
        }
    }
}
