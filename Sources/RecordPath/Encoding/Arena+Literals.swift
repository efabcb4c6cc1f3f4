#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// Constant text at the end of an arena.
extension Arena {
    /// Appends a literal; its length is known to the compiler, so that this is a few stores.
    @inline(__always) mutating func put(_ text: StaticString) {
        reserve(text.utf8CodeUnitCount)
        memcpy(base + count, text.utf8Start, text.utf8CodeUnitCount)
        claim(text.utf8CodeUnitCount)
    }
}
