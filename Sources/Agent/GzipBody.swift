import Admin
import Outputs

/// Compresses answers of the admin server.
enum GzipBody {
    /// Makes a compressor for one body; nil when there is no memory for it.
    static let compress: Exposition.Compress = {
        guard let stream = GzipStream(codec) else { return nil }
        // A body that breaks off is one that the scraper refuses.
        return { stream.add($0, isLast: $1) ?? [] }
    }

    private static let codec = HostCodec.gzip
}
