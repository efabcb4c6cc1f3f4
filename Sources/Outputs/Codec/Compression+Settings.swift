package import Settings

extension Compression {
    /// What the `compression` setting means on this host, where `best` is the fastest codec.
    package init(_ setting: DeliveryOptions.Compression, best: GzipCodec) {
        switch setting {
        case .auto: self = .gzip(best, level: 1)
        case .level(let level): self = .gzip(.zlib, level: Int32(clamping: level))
        case .none: self = .none
        }
    }

    /// Headers that belong to a body of documents, one a line, compressed so.
    package var documentHeaders: [(name: String, value: String)] {
        let type = (name: "Content-Type", value: "application/x-ndjson")
        return self == .none ? [type] : [type, ("Content-Encoding", name)]
    }
}
