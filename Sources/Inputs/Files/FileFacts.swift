#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// A file whatever its name is: device and inode.
package struct FileNumber: Hashable, Sendable {
    package var device: UInt64
    package var inode: UInt64

    /// Makes a number.
    package init(device: UInt64, inode: UInt64) {
        self.device = device
        self.inode = inode
    }
}

/// What `stat(2)` tells about a file, as far as it matters here.
package struct FileFacts: Sendable, Equatable {
    package var number: FileNumber
    package var size: UInt64
    /// Names that the file still has; 0: deleted, and alive only as long as somebody holds it open.
    package var links: Int
    package var isRegular: Bool
    package var isFolder: Bool

    /// The facts about what `path` leads to, links followed; nil when it leads nowhere.
    package init?(path: String) {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        self.init(status)
    }

    /// The facts about an open file.
    package init?(descriptor: Int32) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { return nil }
        self.init(status)
    }

    private init(_ status: stat) {
        number = FileNumber(device: UInt64(status.st_dev), inode: UInt64(status.st_ino))
        size = UInt64(clamping: status.st_size)
        links = Int(clamping: status.st_nlink)
        isRegular = status.st_mode & S_IFMT == S_IFREG
        isFolder = status.st_mode & S_IFMT == S_IFDIR
    }
}
