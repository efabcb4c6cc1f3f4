#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Gives back to the kernel what a burst of work has left behind.
///
/// glibc keeps freed memory in an arena for each thread; after an audit of some containers that is several megabytes
/// that nothing needs for the next five minutes. `malloc_trim` is not in the C module that Swift imports, and musl,
/// which has no such arenas, lacks it: hence the look-up by name.
enum FreeMemory {
    private typealias Trim = @convention(c) (Int) -> Int32

    static func giveBack() {
        guard let symbol = dlsym(nil, "malloc_trim") else { return }
        _ = unsafeBitCast(symbol, to: Trim.self)(0)
    }
}
