/// How a body is compressed.
package enum Compression: Sendable, Equatable {
    /// As it is.
    case none
    /// One gzip member, by the library given; levels 1…9 for zlib, 1…12 for libdeflate, 1 for igzip.
    case gzip(GzipCodec, level: Int32)
    /// One snappy block (not the framing format).
    case snappy

    /// The word for it in `Content-Encoding`, and in the `encoding` label of `martlet_output_bytes_total`.
    package var name: String {
        switch self {
        case .none: "identity"
        case .gzip: "gzip"
        case .snappy: "snappy"
        }
    }
}
