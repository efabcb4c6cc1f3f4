#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// inotify: tells early that a file has grown or that a folder's names have changed.
///
/// Nothing relies on it.
///
/// A class that owns a descriptor; used by one thread.
final class FolderWatch {
    /// What happened.
    enum Event: Equatable {
        /// A watched file was written, or lost or got a name.
        case touched(Int32)
        /// A watched file is gone for good; its number may be given again.
        case gone(Int32)
        /// A name appeared in a folder, or vanished.
        case listed
        /// A name in a watched folder became another one, also in another watched folder.
        case renamed(from: String, to: String)
        /// Events were lost: everything may have happened.
        case overflow
    }

    /// For `poll(2)`.
    let descriptor: Int32
    private var folders: [Int32: String] = [:]
    private var numbers: [String: Int32] = [:]
    private var buffer = [UInt8](repeating: 0, count: 64 * 1024)

    /// Makes a watch; nil where the host gives none.
    init?() {
        descriptor = inotify_init1(Int32(IN_NONBLOCK) | Int32(IN_CLOEXEC))
        guard descriptor >= 0 else { return nil }
    }

    deinit { close(descriptor) }

    /// Watches these folders and no others.
    ///
    /// False: the host's limit of watches is reached.
    func watch(folders wanted: Set<String>) -> Bool {
        for (folder, number) in numbers where !wanted.contains(folder) {
            numbers[folder] = nil
            // A folder that is reached by two paths has one number.
            if let other = numbers.first(where: { $0.value == number })?.key {
                folders[number] = other
            } else {
                inotify_rm_watch(descriptor, number)
                folders[number] = nil
            }
        }
        var isComplete = true
        for folder in wanted where numbers[folder] == nil {
            let mask = UInt32(IN_CREATE | IN_DELETE | IN_MOVED_FROM | IN_MOVED_TO | IN_MOVE_SELF | IN_ONLYDIR)
            let number = inotify_add_watch(descriptor, folder.isEmpty ? "." : folder, mask)
            if number >= 0 {
                numbers[folder] = number
                folders[number] = folder
            } else if errno == ENOSPC {
                isComplete = false
            }
        }
        return isComplete
    }

    /// Watches an open file, whatever its name is; nil when the host's limit of watches is reached.
    func watch(file: Int32, path: String) -> Int32? {
        let mask = UInt32(IN_MODIFY | IN_ATTRIB | IN_DELETE_SELF | IN_MOVE_SELF)
        var number = inotify_add_watch(descriptor, "/proc/self/fd/\(file)", mask)
        if number < 0 { number = inotify_add_watch(descriptor, path, mask) }
        return number < 0 ? nil : number
    }

    /// Ends the watch of a file.
    func forget(_ number: Int32) { inotify_rm_watch(descriptor, number) }

    /// Everything that has happened since the last call; never waits.
    func events() -> [Event] {
        var events: [Event] = []
        var leaving: [UInt32: String] = [:]
        while true {
            let count = buffer.withUnsafeMutableBytes { read(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { return events }
            var at = 0
            while let next = decode(at, count, &events, &leaving) { at = next }
        }
    }

    /// Reads the event at `at`; where the next one begins, or nil behind the last.
    private func decode(
        _ at: Int,
        _ count: Int,
        _ events: inout [Event],
        _ leaving: inout [UInt32: String]
    ) -> Int? {
        let headerSize = 16
        guard at + headerSize <= count else { return nil }
        let (number, mask, cookie, length) = buffer.withUnsafeBytes { bytes in
            (
                bytes.loadUnaligned(fromByteOffset: at, as: Int32.self),
                bytes.loadUnaligned(fromByteOffset: at + 4, as: UInt32.self),
                bytes.loadUnaligned(fromByteOffset: at + 8, as: UInt32.self),
                Int(bytes.loadUnaligned(fromByteOffset: at + 12, as: UInt32.self))
            )
        }
        let next = at + headerSize + length
        guard next <= count else { return nil }
        let has = { (flag: Int32) in mask & UInt32(bitPattern: flag) != 0 }
        if has(IN_Q_OVERFLOW) {
            events.append(.overflow)
        } else if let folder = folders[number] {
            note(in: folder, mask, cookie, name(at + headerSize, next), &events, &leaving)
            // Another folder may stand in its place by now.
            if has(IN_MOVE_SELF) { inotify_rm_watch(descriptor, number) }
            if has(IN_IGNORED) || has(IN_MOVE_SELF) { drop(number) }
        } else {
            events.append(has(IN_IGNORED) ? .gone(number) : .touched(number))
        }
        return next
    }

    private func note(
        in folder: String,
        _ mask: UInt32,
        _ cookie: UInt32,
        _ name: String,
        _ events: inout [Event],
        _ leaving: inout [UInt32: String]
    ) {
        if events.last != .listed { events.append(.listed) }
        if mask & UInt32(IN_MOVED_FROM) != 0 {
            leaving[cookie] = folder + name
        } else if mask & UInt32(IN_MOVED_TO) != 0, let from = leaving.removeValue(forKey: cookie) {
            events.append(.renamed(from: from, to: folder + name))
        }
    }

    private func name(_ from: Int, _ to: Int) -> String {
        String(decoding: buffer[from..<to].prefix { $0 != 0 }, as: UTF8.self)
    }

    /// The folder itself is gone, and its watch with it.
    private func drop(_ number: Int32) {
        if let folder = folders.removeValue(forKey: number) { numbers[folder] = nil }
    }
}
