extension SealedBatch {
    /// How the body is compressed, out of a closed set: the `encoding` label of `martlet_output_bytes_total`.
    package var encoding: String {
        let type = header("content-type") ?? ""
        if type == "application/x-protobuf" { return "snappy" }
        return header("content-encoding") == "gzip" ? "gzip" : "identity"
    }

    /// The value of one of its headers; names are compared without case.
    func header(_ name: String) -> String? {
        headers.first { $0.name.lowercased() == name }?.value
    }

    /// The body as it was before compression; nil when it is damaged or longer than `limit` bytes.
    func expandedBody(limit: Int) -> [UInt8]? {
        switch encoding {
        case "snappy": Unsnappy.expand(body, limit: limit)
        case "gzip": Gunzip.expand(body, limit: limit)
        default: body.count <= limit ? body : nil
        }
    }

    /// Another body with the same headers, compressed in the same way; nil when it cannot be.
    func replacingBody(_ bytes: [UInt8], records: Int, oldest: Int64) -> SealedBatch? {
        let compression: Compression =
            switch encoding {
            case "snappy": .snappy
            case "gzip": .gzip(.zlib, level: 1)
            default: .none
            }
        guard var compressor = Compressor(compression), let body = compressor.compress(bytes) else { return nil }
        return SealedBatch(body: body, headers: headers, records: records, rawBytes: bytes.count, oldest: oldest)
    }
}
