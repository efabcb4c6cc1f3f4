internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

extension FilesSession {
    /// A stream that has had no line for so many bytes of its file gets a mark of its own.
    private static let idleMarkBytes: UInt64 = 1 << 20

    /// Puts a file into the queue.
    func enqueue(_ file: FollowedFile) {
        guard !file.isQueued, !file.isIgnored else { return }
        file.isQueued = true
        queue.append(file)
    }

    /// Gives every file of the queue one turn.
    func serve() {
        let round = queue
        queue.removeAll(keepingCapacity: true)
        for file in round where table.holds(file) {
            guard writer.isAccepting, !context.stop.isRaised else { return }
            file.isQueued = false
            serve(file)
            writer.flushDue()
        }
    }

    private func serve(_ file: FollowedFile) {
        guard table.open(file) else { return lost(file) }
        turns += 1
        file.misses = 0
        file.lastTurn = turns
        guard !file.lanes.isEmpty || establish(file) else { return settle(file) }
        let (before, generation) = (file.readOffset, file.generation)
        switch reader.turn(file) {
        case .more: enqueue(file)
        case .drained: settle(file)
        case .failed(let problem): context.status.note(name, "cannot read \(file.path): \(problem)")
        case .refused: return
        }
        if file.readOffset != before || file.generation != generation || file.grownAt == 0 {
            file.grownAt = BatchWriter.monotonicMilliseconds()
        }
        markLanes(of: file, behind: Self.idleMarkBytes)
    }

    /// Nothing leads to a file any more, or it may not be read.
    private func lost(_ file: FollowedFile) {
        let reason = errno
        if reason == ENOENT || reason == ENOTDIR {
            // It may be on its way from one name to another; a listing will tell.
            wantsScan = true
            file.misses += 1
            guard file.misses > 2 else { return }
            if file.size > file.consumed, !file.lanes.isEmpty { context.status.gap(name, reason: "deleted") }
            forget(file)
        } else if !file.isReported {
            file.isReported = true
            let text = String(cString: strerror(reason))
            context.status.note(name, "cannot open \(file.path): \(text); give Martlet the right to read it")
        }
    }

    /// A file that is drained: rotated ones are done when they stay as they are.
    private func settle(_ file: FollowedFile) {
        guard file.isRotated || file.links == 0, !leaving.contains(where: { $0 === file }) else { return }
        if file.grownAt == 0 { file.grownAt = BatchWriter.monotonicMilliseconds() }
        file.isDormant = false
        leaving.append(file)
    }

    /// Ends the rotated files that have been quiet for long enough.
    func settleQuiet() {
        guard !leaving.isEmpty else { return }
        let limit = BatchWriter.monotonicMilliseconds() - Self.milliseconds(options.rotatedQuiet)
        let quiet = leaving.filter { $0.grownAt <= limit && !$0.isQueued }
        guard !quiet.isEmpty else { return }
        leaving.removeAll { file in quiet.contains { $0 === file } }
        for file in quiet where table.holds(file) { end(file) }
    }

    private func end(_ file: FollowedFile) {
        guard table.open(file), let facts = FileFacts(descriptor: file.descriptor) else { return lost(file) }
        file.links = facts.links
        // It has grown unnoticed; reading it ends here again.
        guard facts.size == file.size else { return enqueue(file) }
        guard reader.finish(file) else { return }
        markLanes(of: file, behind: 1)
        if facts.links == 0 {
            forget(file)
        } else if !file.isListed, let oldest = table.retire(file) {
            forget(oldest)
        }
    }

    /// With `--once`: nothing more will come.
    func finishAll() {
        for file in table.files.values.sorted(by: { $0.path < $1.path }) where !file.isIgnored && !file.lanes.isEmpty {
            guard writer.isAccepting else { return }
            if table.open(file) { _ = reader.finish(file) }
        }
    }

    /// The file does not exist any more: neither do its positions.
    func forget(_ file: FollowedFile) {
        for lane in file.lanes { writer.mark(lane.stream.origin.key, nil, stream: lane.stream) }
        reader.forgetParts(of: file)
        table.remove(file)
    }
}
