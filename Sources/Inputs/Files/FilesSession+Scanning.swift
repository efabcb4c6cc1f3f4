internal import RecordPath

extension FilesSession {
    /// A position whose file cannot be found is kept for so long, for a file system that is not mounted.
    private static let keepSeconds: Int64 = 7 * 86_400

    /// A file in a listing.
    private static let bytesOfListed = 200

    /// Lists the folders: finds new files, and which of the known ones were renamed, deleted or have grown.
    func scan() {
        let begun = BatchWriter.monotonicMilliseconds()
        wantsScan = false
        var listed: Set<FileNumber> = []
        var folders: Set<String> = []
        lacksRoom = false
        for group in finders.indices {
            finders[group].search()
            folders.formUnion(finders[group].folders)
            if finders[group].isCut { context.status.note(name, "too many files match; some are not followed") }
        }
        let bytes = finders.reduce(0) { $0 + $1.files.count } * Self.bytesOfListed
        context.tables.add(bytes - listedBytes, to: .files)
        listedBytes = bytes
        // Where there is not memory for all, those come first that were read before.
        if isFirstScan { meetAll(&listed) { stored.holds($0) } }
        meetAll(&listed) { !done.contains($0) }
        for file in table.files.values where !listed.contains(file.number) { unlisted(file) }
        if lacksRoom {
            context.status.note(
                name,
                "there is memory for \(table.files.count) files, more match and wait; raise agent.memory_limit"
            )
        }
        watch(folders)
        scannedAt = BatchWriter.monotonicMilliseconds()
        scanMilliseconds = scannedAt - begun
    }

    /// Takes up the found files for which `takes` holds, each once.
    private func meetAll(_ listed: inout Set<FileNumber>, where takes: (FileNumber) -> Bool) {
        for group in finders.indices {
            for found in finders[group].files where takes(found.facts.number) {
                if listed.insert(found.facts.number).inserted { meet(found, group: group) }
            }
        }
    }

    /// What inotify has to tell.
    func takeEvents() {
        guard let watch = table.watch else { return }
        var successors: [String: String] = [:]
        for event in watch.events() {
            switch event {
            case .touched(let number):
                if let file = table.file(watch: number) { enqueue(file) }
            case .gone(let number):
                if let file = table.file(watch: number) { vanished(file) }
            case .listed: wantsScan = true
            case .renamed(let from, let to):
                if let original = successors[from] ?? (isWanted(from) ? from : nil) { successors[to] = original }
            case .overflow:
                wantsScan = true
                for file in table.files.values { enqueue(file) }
            }
        }
        for (path, original) in successors { adoptRenamed(path, from: original) }
    }

    /// After the first listing: gives every file found its identity, which takes up its position of the last run.
    ///
    /// What is left are positions of files that were renamed while nobody looked, or are gone.
    func beginKnown() {
        isFirstScan = false
        for file in queue where table.open(file) { _ = establish(file) }
        for group in options.groups.indices where beginsNow(group) {
            writer.mark(startKey(group), "1 \(context.now() / 1_000_000_000)", worker: 0)
        }
        for old in stored.unclaimed where table.files[old.key.number] == nil {
            let folder = PathFinder.folder(of: old.latest.path)
            if let path = PathFinder.path(of: old.key.number, in: folder), isContinued(old, at: path) {
                adopt(old.key.number, path: old.latest.path, realPath: path, group: group(of: old))
            } else if context.now() / 1_000_000_000 - old.latest.noted > Self.keepSeconds {
                for stream in old.streams.keys { writer.mark(old.key.text(stream: stream), nil, worker: 0) }
            }
        }
    }

    /// Whether files that were there before are skipped: in the first run with `start: now` and no later one.
    ///
    /// A file without a position then has appeared since, while nobody looked perhaps, and is read from its beginning.
    private func beginsNow(_ group: Int) -> Bool {
        options.groups[group].start == .now && context.positions[startKey(group)] == nil
    }

    /// The key under which it is kept that the first run with `start: now` is over.
    private func startKey(_ group: Int) -> String {
        let paths = options.groups[group].paths.joined(separator: "\n")
        return "files:start:\(String(StableHash.of(paths.utf8), radix: 16))"
    }

    private func watch(_ folders: Set<String>) {
        guard let watch = table.watch else { return }
        let hadAll = !lacksFolders && !table.lacksWatches
        lacksFolders = !watch.watch(folders: folders)
        if hadAll, lacksFolders || table.lacksWatches {
            context.status.note(
                name,
                "no more inotify watches, files are polled; raise fs.inotify.max_user_watches with sysctl"
            )
        }
    }

    /// A pattern has found a file.
    private func meet(_ found: PathFinder.Found, group: Int) {
        guard let file = table.files[found.facts.number], !isReused(file, by: found) else {
            let file = FollowedFile(
                number: found.facts.number,
                group: group,
                format: options.groups[group].format,
                path: found.path
            )
            file.beginsAtEnd = isFirstScan && found.facts.size > 0 && beginsNow(group)
            follow(file)
            return
        }
        file.isListed = true
        if file.path != found.path {
            file.path = found.path
            file.isRotated = true
            enqueue(file)
        }
        if found.facts.size != file.size { enqueue(file) }
    }

    /// Follows a new file, or lets it wait until there is memory for it; what is rotated and done goes first.
    private func follow(_ file: FollowedFile) {
        while !table.add(file, isWanted: isFirstScan && stored.holds(file.number)) {
            guard let oldest = table.oldestDormant else {
                lacksRoom = true
                return
            }
            forget(oldest)
        }
        enqueue(file)
    }

    /// With `--once` files that are read make room for those that wait.
    func makeRoom() {
        finishAll()
        for file in table.files.values {
            markLanes(of: file, behind: 1)
            done.insert(file.number)
            reader.forgetParts(of: file)
            table.remove(file)
        }
        scan()
    }

    /// A closed file that came back under another name: whether its inode holds something else by now.
    private func isReused(_ file: FollowedFile, by found: PathFinder.Found) -> Bool {
        if file.isIgnored {
            guard file.path != found.path || found.facts.size < file.size else { return false }
            table.remove(file)
            return true
        }
        guard file.descriptor < 0, file.path != found.path, !file.lanes.isEmpty else { return false }
        if found.facts.size >= file.consumed, Self.head(at: found.path, matches: file.fingerprint) { return false }
        forget(file)
        return true
    }

    /// No pattern finds a known file any more.
    private func unlisted(_ file: FollowedFile) {
        if file.isListed {
            file.isListed = false
            file.isRotated = true
            enqueue(file)
        } else if !file.isDormant {
            enqueue(file)
        }
        if file.isIgnored { table.remove(file) }
    }

    /// The inode is gone.
    ///
    /// Whoever holds the file open is read to the end first.
    private func vanished(_ file: FollowedFile) {
        table.watchEnded(of: file)
        if file.descriptor >= 0 { enqueue(file) } else { forget(file) }
    }

    private func isWanted(_ path: String) -> Bool { finders.contains { $0.wants(path) } }

    /// A file was found and renamed again before a listing could see it.
    private func adoptRenamed(_ path: String, from original: String) {
        guard let facts = FileFacts(path: path), facts.isRegular, table.files[facts.number] == nil,
            let group = finders.firstIndex(where: { $0.wants(original) })
        else { return }
        adopt(facts.number, path: original, realPath: path, group: group)
    }

    private func adopt(_ number: FileNumber, path: String, realPath: String, group: Int) {
        let file = FollowedFile(number: number, group: group, format: options.groups[group].format, path: path)
        file.realPath = realPath
        file.isListed = false
        file.isRotated = true
        _ = table.add(file, isWanted: true)
        enqueue(file)
    }

    private func isContinued(_ old: StoredFilePositions.Stored, at path: String) -> Bool {
        guard let facts = FileFacts(path: path), facts.size >= old.latest.offset else { return false }
        return Self.head(at: path, matches: old.latest.fingerprint)
    }

    /// The entry of the configuration that a file of the last run belongs to.
    private func group(of old: StoredFilePositions.Stored) -> Int {
        let isFramed = old.streams[""] == nil
        return finders.firstIndex { $0.wants(old.latest.path) }
            ?? options.groups.firstIndex { ($0.format != .lines) == isFramed } ?? 0
    }
}
