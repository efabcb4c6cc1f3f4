#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Finds the files that patterns match, and the folders in which more of them may appear.
package struct PathFinder {
    /// A found file; links are followed.
    package struct Found {
        package var path: String
        package var facts: FileFacts
    }

    /// Folders below a `**` are searched to this depth.
    private static let maxDepth = 32
    /// More files than this are not taken; see `isCut`.
    private let maxFiles: Int

    private let paths: [PathPattern]
    private let exclude: [PathPattern]
    /// What the last search found, in the order of the names.
    package private(set) var files: [Found] = []
    /// Folders whose listing decides what matches.
    package private(set) var folders: Set<String> = []
    /// There were more files than a search takes.
    package private(set) var isCut = false
    private var seen: Set<String> = []

    /// Makes a finder.
    package init(paths: [String], exclude: [String], maxFiles: Int = .max) {
        self.maxFiles = min(maxFiles, 100_000)
        self.paths = paths.map(PathPattern.init)
        self.exclude = exclude.map(PathPattern.init)
    }

    /// Whether a file of this name would be found.
    package func wants(_ path: String) -> Bool {
        paths.contains { $0.matches(path) } && !exclude.contains { $0.matches(path) }
    }

    /// Searches anew.
    package mutating func search() {
        files.removeAll(keepingCapacity: true)
        folders.removeAll(keepingCapacity: true)
        seen.removeAll(keepingCapacity: true)
        isCut = false
        for glob in paths { descend(from: glob.isAbsolute ? "/" : "", glob.components[...], depth: 0) }
    }

    /// Follows the rest of a pattern from a folder; `folder` is empty or ends in a slash.
    private mutating func descend(from folder: String, _ rest: ArraySlice<PathPattern.Component>, depth: Int) {
        guard let component = rest.first, depth < Self.maxDepth else { return }
        let next = rest.dropFirst()
        switch component {
        case .name(let name):
            if next.isEmpty {
                folders.insert(folder)
                take(folder + name)
            } else {
                descend(from: "\(folder)\(name)/", next, depth: depth)
            }
        case .pattern:
            folders.insert(folder)
            for entry in Self.entries(of: folder) where PathPattern.matches(component, entry.name) {
                if next.isEmpty {
                    take(folder + entry.name)
                } else if entry.mayBeFolder {
                    descend(from: "\(folder)\(entry.name)/", next, depth: depth)
                }
            }
        case .anyFolders:
            folders.insert(folder)
            descend(from: folder, next.isEmpty ? [.pattern([.anyCharacters])] : next, depth: depth)
            for entry in Self.entries(of: folder) where entry.isFolder && !entry.name.hasPrefix(".") {
                descend(from: "\(folder)\(entry.name)/", rest, depth: depth + 1)
            }
        }
    }

    private mutating func take(_ path: String) {
        guard !seen.contains(path), !exclude.contains(where: { $0.matches(path) }), let facts = FileFacts(path: path),
            facts.isRegular
        else { return }
        guard files.count < maxFiles else {
            isCut = true
            return
        }
        seen.insert(path)
        files.append(Found(path: path, facts: facts))
    }
}

extension PathFinder {
    /// One name in a folder.
    package struct Entry {
        package var name: String
        package var inode: UInt64
        /// Surely a folder, not a link to one.
        package var isFolder: Bool
        /// A folder, or something that may lead to one.
        package var mayBeFolder: Bool
    }

    /// What a folder holds, by name; nothing when it cannot be read.
    ///
    /// `folder` is empty or ends in a slash.
    package static func entries(of folder: String) -> [Entry] {
        guard let handle = opendir(folder.isEmpty ? "." : folder) else { return [] }
        defer { closedir(handle) }
        var entries: [Entry] = []
        while let entry = readdir(handle) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let kind = Int32(entry.pointee.d_type)
            entries.append(
                Entry(
                    name: name,
                    inode: UInt64(entry.pointee.d_ino),
                    isFolder: kind == 4,
                    mayBeFolder: kind == 4 || kind == 10 || kind == 0
                )
            )
        }
        return entries.sorted { $0.name < $1.name }
    }

    /// The folder that a path leads through, with its slash; empty for the working folder.
    package static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    }

    /// The path in `folder` that leads to a file whatever its name has become.
    package static func path(of number: FileNumber, in folder: String) -> String? {
        entries(of: folder).lazy.filter { $0.inode == number.inode }.map { folder + $0.name }
            .first { FileFacts(path: $0)?.number == number }
    }
}
