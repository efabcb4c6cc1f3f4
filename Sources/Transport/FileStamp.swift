#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// What tells that a file is another one, or has changed.
struct FileStamp: Equatable {
    private var device: UInt64 = 0
    private var inode: UInt64 = 0
    private var size: Int64 = -1
    private var seconds: Int64 = 0
    private var nanoseconds: Int64 = 0

    /// Looks at a file; one that is not there has a stamp too.
    init(file: String) {
        var status = stat()
        guard stat(file, &status) == 0 else { return }
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        size = Int64(status.st_size)
        seconds = Int64(status.st_mtim.tv_sec)
        nanoseconds = Int64(status.st_mtim.tv_nsec)
    }
}
