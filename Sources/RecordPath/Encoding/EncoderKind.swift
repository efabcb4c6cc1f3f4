/// The encoders of the record path; each gathers records until its worker takes the body.
package enum EncoderKind: UInt8, CaseIterable, Sendable {
    /// Loki push requests.
    case loki
    /// OpenSearch bulk bodies.
    case opensearch
    /// Documents a line each, for the archive.
    case archive
}

/// What waits in an encoder.
package struct Pending: Sendable, Equatable {
    package var records = 0
    /// Bytes, about as many as the body will have.
    package var bytes = 0
    /// Time of the oldest record, nanoseconds since 1970.
    package var oldest = Int64.max
    /// Time of the newest; 0: not told.
    package var newest = Int64(0)
}
