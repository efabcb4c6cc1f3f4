import Outputs

#if canImport(Glibc)
import Glibc
#else
import Musl
#endif

/// The compression that this host offers.
enum HostCodec {
    /// The fastest gzip library that is there; `MARTLET_GZIP` (igzip, libdeflate, zlib) asks for another.
    static var gzip: GzipCodec { GzipCodec.best(forced: getenv("MARTLET_GZIP").map { String(cString: $0) }) }
}
