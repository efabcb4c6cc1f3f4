#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// `open(2)`, `read(2)` and `close(2)` under names that methods of the same names do not hide.
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

    static func read(_ descriptor: Int32, into room: UnsafeMutableRawBufferPointer) -> Int {
        #if canImport(Glibc)
        Glibc.read(descriptor, room.baseAddress, room.count)
        #else
        Musl.read(descriptor, room.baseAddress, room.count)
        #endif
    }
}
