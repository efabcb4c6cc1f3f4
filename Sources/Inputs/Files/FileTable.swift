internal import RecordPath

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Every file that is known in this run, which of them are open, and what inotify calls them.
///
/// Used by the input's thread only.
final class FileTable {
    /// Files that are rotated and done; of more, the oldest are forgotten.
    private static let maxDormant = 10_000
    /// What is remembered of a file, here, by the workers and in the commit log's state.
    static let bytesOfFile = 2_500
    private static let leastFiles = 4

    private(set) var files: [FileNumber: FollowedFile] = [:]
    private var byWatch: [Int32: FollowedFile] = [:]
    private var byStream: [UInt64: (file: FollowedFile, lane: FileLane)] = [:]
    private var open: [FollowedFile] = []
    private var dormant: [FollowedFile] = []
    /// Generations that were given to keys that are forgotten: the same bytes under the same inode are new lines.
    private var retired: [FileKey: UInt64] = [:]
    private let maxOpen: Int
    private let tables: TableBudget
    let watch: FolderWatch?
    /// The host gives no more watches: listing must be enough.
    private(set) var lacksWatches = false

    init(maxOpen: Int, tables: TableBudget, watch: FolderWatch?) {
        self.tables = tables
        self.maxOpen = max(1, maxOpen)
        self.watch = watch
    }

    /// Follows a file; false: there is no memory for one more.
    ///
    /// One that another has become, by a rotation, is followed in any case, and so are the first few.
    func add(_ file: FollowedFile, isWanted: Bool = false) -> Bool {
        if isWanted || files.count < Self.leastFiles {
            tables.add(Self.bytesOfFile, to: .files)
        } else if !tables.take(Self.bytesOfFile, for: .files) {
            return false
        }
        files[file.number] = file
        return true
    }

    /// The file that is rotated and done for the longest time.
    var oldestDormant: FollowedFile? { dormant.first { $0.isDormant } }

    /// Whether a file has not been forgotten.
    func holds(_ file: FollowedFile) -> Bool { files[file.number] === file }

    func file(watch number: Int32) -> FollowedFile? { byWatch[number] }

    func lane(stream: UInt64) -> (file: FollowedFile, lane: FileLane)? { byStream[stream] }

    /// Makes the lanes of a file known under their streams.
    func register(_ file: FollowedFile) {
        for lane in file.lanes { byStream[lane.stream.id] = (file, lane) }
    }

    /// The first generation for a key that may have been forgotten before.
    func generation(for key: FileKey) -> UInt64 { retired[key] ?? 0 }

    /// Opens a file, wherever it is by now.
    ///
    /// False: nothing leads to it, or it may not be read; see `errno`.
    func open(_ file: FollowedFile) -> Bool {
        if file.descriptor >= 0 { return true }
        if open.count >= maxOpen { closeIdlest() }
        guard let descriptor = descriptor(of: file) else { return false }
        file.descriptor = descriptor
        open.append(file)
        if let path = Self.path(of: descriptor) { file.realPath = path }
        if file.watch < 0, let watch { startWatch(watch, of: file) }
        return true
    }

    /// Closes a file; it can be opened again as long as it has a name.
    func close(_ file: FollowedFile) {
        guard file.descriptor >= 0 else { return }
        FileDescriptors.close(file.descriptor)
        file.descriptor = -1
        open.removeAll { $0 === file }
    }

    /// inotify has ended the watch of a file.
    func watchEnded(of file: FollowedFile) {
        byWatch[file.watch] = nil
        file.watch = -1
    }

    /// Forgets a file and everything about it.
    func remove(_ file: FollowedFile) {
        close(file)
        if holds(file) {
            files[file.number] = nil
            tables.add(-Self.bytesOfFile, to: .files)
        }
        if file.watch >= 0 {
            byWatch[file.watch] = nil
            watch?.forget(file.watch)
            file.watch = -1
        }
        dormant.removeAll { $0 === file }
        for lane in file.lanes { byStream[lane.stream.id] = nil }
        if retired.count > Self.maxDormant { retired.removeAll() }
        if let key = file.key { retired[key] = file.generation + 1 }
    }

    /// Keeps a file that is rotated and done; the file that must be forgotten for it.
    func retire(_ file: FollowedFile) -> FollowedFile? {
        close(file)
        file.isDormant = true
        dormant.removeAll { $0 === file }
        dormant.append(file)
        guard dormant.count > Self.maxDormant else { return nil }
        let oldest = dormant.removeFirst()
        return oldest.isDormant ? oldest : nil
    }

    private func startWatch(_ watch: FolderWatch, of file: FollowedFile) {
        guard let number = watch.watch(file: file.descriptor, path: file.realPath) else {
            lacksWatches = true
            return
        }
        file.watch = number
        byWatch[number] = file
    }

    /// Makes room.
    ///
    /// A deleted file stays open, because nothing would lead to it again.
    private func closeIdlest() {
        let candidates = open.sorted { $0.lastTurn < $1.lastTurn }
        let idlest = candidates.first { (FileFacts(descriptor: $0.descriptor)?.links ?? 1) > 0 }
        if let idlest { close(idlest) }
    }

    private func descriptor(of file: FollowedFile) -> Int32? {
        if let descriptor = Self.open(file.path, as: file.number) { return descriptor }
        if file.realPath != file.path, let descriptor = Self.open(file.realPath, as: file.number) { return descriptor }
        let reason = errno
        guard let path = PathFinder.path(of: file.number, in: PathFinder.folder(of: file.realPath)) else {
            errno = reason
            return nil
        }
        return Self.open(path, as: file.number)
    }

    /// Opens what `path` leads to, if it is the expected file.
    private static func open(_ path: String, as number: FileNumber) -> Int32? {
        let descriptor = FileDescriptors.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY)
        guard descriptor >= 0 else { return nil }
        if FileFacts(descriptor: descriptor)?.number == number { return descriptor }
        FileDescriptors.close(descriptor)
        errno = ENOENT
        return nil
    }

    /// Where an open file is, links followed; nil when it has no name any more.
    private static func path(of descriptor: Int32) -> String? {
        let text = String(unsafeUninitializedCapacity: Int(PATH_MAX)) { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                guard let base = $0.baseAddress else { return 0 }
                return max(0, readlink("/proc/self/fd/\(descriptor)", base, $0.count))
            }
        }
        guard text.hasPrefix("/"), !text.hasSuffix(" (deleted)") else { return nil }
        // A copy that is no longer than the path.
        return String(decoding: Array(text.utf8), as: UTF8.self)
    }
}
