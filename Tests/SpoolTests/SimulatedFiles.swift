import Spool

/// A file system in memory that forgets what was not synced, tears writes, fails, runs full and stops at any step.
///
/// `@unchecked Sendable`: a schedule runs on one thread.
final class SimulatedFiles: SpoolFiles, @unchecked Sendable {
    /// A change of a file that is not durable yet.
    private enum Write {
        case bytes(offset: Int, [UInt8])
        case length(Int)

        func overlaps(_ other: Write) -> Bool {
            guard case .bytes(let left, let mine) = self, case .bytes(let right, let others) = other else {
                return false
            }
            return left < right + others.count && right < left + mine.count
        }
    }

    private final class Inode {
        var contents: [UInt8] = []
        var durable: [UInt8] = []
        var pending: [Write] = []
        /// Writes that a failed sync left behind: the kernel calls them clean, nobody knows.
        var forgotten: [Write] = []
    }

    /// A change of a directory that is not durable yet.
    private enum Entry {
        case set(String, Inode)
        case gone(String)
        case renamed(String, String, Inode)
    }

    static let crashCode: Int32 = -1
    /// What arrives whole or not at all; small, as our files are.
    private static let sector = 64

    /// Operations until the machine stops; nil: never.
    var stepsToCrash: Int?
    /// One operation in so many fails; nil: none.
    var failsOnce: Int?
    /// Bytes that files may have together.
    var capacity = Int.max
    /// Mistakes to be found: syncs that do nothing.
    var forgetsSyncs = false
    var forgetsDirectorySyncs = false
    private(set) var hasCrashed = false

    private var random: SeededRandom
    private var entries: [String: Inode] = [:]
    private var durableEntries: [String: Inode] = [:]
    private var pendingEntries: [(directory: String, entry: Entry)] = []
    private var directories: Set<String> = [""]
    private var durableDirectories: Set<String> = [""]
    private var open: [Int: (path: String, inode: Inode)] = [:]
    private var lastFile = 2

    init(seed: UInt64) { random = SeededRandom(seed: seed) }

    // MARK: Faults

    /// Loses power: keeps what was synced, and of the rest what chance keeps.
    func crash() {
        hasCrashed = false
        stepsToCrash = nil
        open = [:]
        let mood = random.below(3)
        for (_, entry) in pendingEntries where keeps(mood) { Self.apply(entry, to: &durableEntries) }
        for directory in directories where keeps(mood) { durableDirectories.insert(directory) }
        pendingEntries = []
        entries = durableEntries
        directories = durableDirectories
        for inode in Set(entries.values.map { ObjectIdentifier($0) }).compactMap({ id in
            entries.values.first { ObjectIdentifier($0) == id }
        }).sorted(by: { $0.durable.count < $1.durable.count }) {
            lose(inode, mood)
        }
    }

    /// The process dies and the machine does not: everything written is there.
    func kill() {
        hasCrashed = false
        stepsToCrash = nil
        open = [:]
    }

    /// Turns one bit of a file whose path holds `text`; false when there is none.
    func flipBit(in text: String) -> Bool {
        let paths = entries.keys.filter { $0.contains(text) && entries[$0]?.contents.isEmpty == false }.sorted()
        guard let path = paths.randomElement(using: &random), let inode = entries[path] else { return false }
        let place = random.below(inode.contents.count)
        inode.contents[place] ^= 1 << UInt8(random.below(8))
        inode.durable = inode.contents
        return true
    }

    /// Changes what is durable of a file.
    func change(_ path: String, _ body: (inout [UInt8]) -> Void) {
        guard let inode = entries[path] else { return }
        body(&inode.contents)
        inode.durable = inode.contents
    }

    /// All files with their contents.
    var contents: [String: [UInt8]] { entries.mapValues(\.contents) }

    private func keeps(_ mood: Int) -> Bool { mood == 0 ? false : mood == 1 ? true : random.once(in: 2) }

    private func lose(_ inode: Inode, _ mood: Int) {
        var bytes = inode.durable
        for write in inode.forgotten + inode.pending { applyTorn(write, to: &bytes, mood) }
        inode.pending = []
        inode.forgotten = []
        inode.durable = bytes
        inode.contents = bytes
    }

    /// Each sector of a write arrives or not.
    private func applyTorn(_ write: Write, to bytes: inout [UInt8], _ mood: Int) {
        guard case .bytes(let offset, let data) = write else {
            if keeps(mood) { Self.apply(write, to: &bytes) }
            return
        }
        for start in stride(from: 0, to: data.count, by: Self.sector) where keeps(mood) {
            let end = min(data.count, start + Self.sector)
            Self.apply(.bytes(offset: offset + start, Array(data[start..<end])), to: &bytes)
        }
    }

    private static func apply(_ write: Write, to bytes: inout [UInt8]) {
        switch write {
        case .bytes(let offset, let data):
            let missing = offset + data.count - bytes.count
            if missing > 0 { bytes.append(contentsOf: repeatElement(0, count: missing)) }
            bytes.replaceSubrange(offset..<(offset + data.count), with: data)
        case .length(let length):
            if length < bytes.count {
                bytes.removeLast(bytes.count - length)
            } else {
                bytes.append(contentsOf: repeatElement(0, count: length - bytes.count))
            }
        }
    }

    private static func apply(_ entry: Entry, to entries: inout [String: Inode]) {
        switch entry {
        case .set(let path, let inode): entries[path] = inode
        case .gone(let path): entries[path] = nil
        case .renamed(let old, let new, let inode):
            entries[old] = nil
            entries[new] = inode
        }
    }

    private func step(_ doing: String, _ path: String, fails: Bool = true) throws(FileFailure) {
        if let left = stepsToCrash {
            stepsToCrash = left - 1
            if left <= 0 { hasCrashed = true }
        }
        if hasCrashed { throw FileFailure(doing: doing, path: path, code: Self.crashCode, reason: "crash") }
        if fails, let often = failsOnce, random.once(in: often) {
            throw FileFailure(doing: doing, path: path, code: doing == "open" ? 24 : 5, reason: "injected")
        }
    }

    private func file(_ file: Int) throws(FileFailure) -> (path: String, inode: Inode) {
        guard let found = open[file] else {
            throw FileFailure(doing: "use", path: "\(file)", code: 9, reason: "not open")
        }
        return found
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private func used() -> Int { entries.values.reduce(0) { $0 + $1.contents.count } }

    // MARK: SpoolFiles

    func makeDirectory(_ path: String) throws(FileFailure) {
        try step("make", path)
        var made = ""
        for part in path.split(separator: "/") {
            made += made.isEmpty ? String(part) : "/" + part
            directories.insert(made)
            durableDirectories.insert(made)
        }
    }

    func list(_ directory: String) throws(FileFailure) -> [String] {
        try step("list", directory)
        let prefix = directory.isEmpty ? "" : directory + "/"
        let names = (Array(entries.keys) + Array(directories)).compactMap { path -> String? in
            guard path.hasPrefix(prefix), path != directory, !path.isEmpty else { return nil }
            return String(path.dropFirst(prefix.count).prefix { $0 != "/" })
        }
        return Set(names).sorted(by: >)
    }

    func open(_ path: String, create: Bool) throws(FileFailure) -> Int {
        try step("open", path)
        let found = entries[path]
        guard create == (found == nil) else {
            throw FileFailure(doing: "open", path: path, code: create ? 17 : 2, reason: create ? "exists" : "missing")
        }
        guard directories.contains(Self.parent(path)) else {
            throw FileFailure(doing: "open", path: path, code: 2, reason: "no directory")
        }
        let inode = found ?? Inode()
        if found == nil {
            entries[path] = inode
            pendingEntries.append((Self.parent(path), .set(path, inode)))
        }
        lastFile += 1
        open[lastFile] = (path, inode)
        return lastFile
    }

    func close(_ file: Int) { open[file] = nil }

    func size(_ file: Int) throws(FileFailure) -> Int {
        try step("look at", "\(file)", fails: false)
        return try self.file(file).inode.contents.count
    }

    func write(_ file: Int, _ bytes: UnsafeRawBufferPointer, at offset: Int) throws(FileFailure) {
        let (path, inode) = try self.file(file)
        let grows = max(0, offset + bytes.count - inode.contents.count)
        let room = capacity == .max ? Int.max : max(0, capacity - used())
        do throws(FileFailure) {
            try step("write to", path)
            guard grows <= room else {
                throw FileFailure(doing: "write to", path: path, code: 28, reason: "no space")
            }
        } catch {
            // What fails has written a part, as far as there was space.
            let length = min(random.below(bytes.count + 1), max(0, bytes.count - grows + min(grows, room)))
            put(Array(bytes[..<length]), at: offset, inode)
            throw error
        }
        put(Array(bytes), at: offset, inode)
    }

    private func put(_ bytes: [UInt8], at offset: Int, _ inode: Inode) {
        guard !bytes.isEmpty else { return }
        Self.apply(.bytes(offset: offset, bytes), to: &inode.contents)
        inode.pending.append(.bytes(offset: offset, bytes))
    }

    func read(_ file: Int, into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws(FileFailure) -> Int {
        let (path, inode) = try self.file(file)
        try step("read", path, fails: false)
        guard offset < inode.contents.count else { return 0 }
        let end = min(inode.contents.count, offset + buffer.count)
        buffer.copyBytes(from: inode.contents[offset..<end])
        return end - offset
    }

    func allocate(_ file: Int, _ bytes: Int) throws(FileFailure) {
        let (path, inode) = try self.file(file)
        try step("allocate", path)
        guard inode.contents.count < bytes else { return }
        guard capacity == .max || capacity - used() >= bytes else {
            throw FileFailure(doing: "allocate", path: path, code: 28, reason: "no space")
        }
        Self.apply(.length(bytes), to: &inode.contents)
        inode.pending.append(.length(bytes))
    }

    func truncate(_ file: Int, to bytes: Int) throws(FileFailure) {
        let (path, inode) = try self.file(file)
        try step("cut", path)
        Self.apply(.length(bytes), to: &inode.contents)
        inode.pending.append(.length(bytes))
    }

    func sync(_ file: Int) throws(FileFailure) {
        let (path, inode) = try self.file(file)
        do throws(FileFailure) {
            try step("sync", path)
        } catch {
            for case .bytes(let offset, let data) in inode.pending {
                for start in stride(from: 0, to: data.count, by: Self.sector) {
                    let end = min(data.count, start + Self.sector)
                    inode.forgotten.append(.bytes(offset: offset + start, Array(data[start..<end])))
                }
            }
            inode.pending = []
            throw error
        }
        if forgetsSyncs { return }
        // What an earlier sync lost stays lost, although everybody can read it.
        for write in inode.pending {
            Self.apply(write, to: &inode.durable)
            // What was written over is no longer in doubt.
            inode.forgotten.removeAll { $0.overlaps(write) }
        }
        inode.pending = []
    }

    func syncDirectory(_ path: String) throws(FileFailure) {
        try step("sync", path)
        if forgetsDirectorySyncs { return }
        // A rename is in both directories, and what is done to one is durable in the order in which it was done.
        func isHere(_ pending: (directory: String, entry: Entry)) -> Bool {
            if case .renamed(let old, _, _) = pending.entry, Self.parent(old) == path { return true }
            return pending.directory == path
        }
        for pending in pendingEntries where isHere(pending) { Self.apply(pending.entry, to: &durableEntries) }
        pendingEntries.removeAll(where: isHere)
    }

    func rename(_ path: String, to newPath: String) throws(FileFailure) {
        try step("rename", path)
        guard let inode = entries[path] else {
            throw FileFailure(doing: "rename", path: path, code: 2, reason: "missing")
        }
        entries[path] = nil
        entries[newPath] = inode
        pendingEntries.append((Self.parent(newPath), .renamed(path, newPath, inode)))
    }

    func remove(_ path: String) throws(FileFailure) {
        try step("remove", path)
        guard entries.removeValue(forKey: path) != nil else { return }
        pendingEntries.append((Self.parent(path), .gone(path)))
    }

    func space() throws(FileFailure) -> (free: Int, total: Int) {
        capacity == .max ? (1 << 40, 1 << 41) : (max(0, capacity - used()), capacity)
    }
}

// MARK: Damage

extension SimulatedFiles {
    /// Turns a bit of a byte.
    func flip(_ path: String, at offset: Int) { change(path) { $0[offset] ^= 4 } }

    /// Makes a header say another version, with a sum that holds.
    func setVersion(_ path: String, _ version: UInt8) {
        change(path) { bytes in
            bytes[8] = version
            var crc = CRC32C()
            bytes.withUnsafeBytes { crc.add(UnsafeRawBufferPointer(rebasing: $0[..<60])) }
            for index in 0..<4 { bytes[60 + index] = UInt8(truncatingIfNeeded: crc.value >> UInt32(8 * index)) }
        }
    }
}
