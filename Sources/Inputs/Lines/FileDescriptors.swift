#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `open(2)` and `close(2)` under names that methods called `open` and `close` do not hide.
enum FileDescriptors {
    static func open(_ path: String, _ flags: Int32) -> Int32 {
        #if canImport(Glibc)
        Glibc.open(path, flags)
        #else
        Musl.open(path, flags)
        #endif
    }

    static func close(_ descriptor: Int32) {
        #if canImport(Glibc)
        _ = Glibc.close(descriptor)
        #else
        _ = Musl.close(descriptor)
        #endif
    }
}
