import CCodec

/// Writes one gzip member piece by piece, for a body that is too long to be held.
///
/// `@unchecked Sendable`, with this invariant: one thread at a time calls `add`.
package final class GzipStream: @unchecked Sendable {
    private static let roomBytes = 64 << 10
    /// Made by `martlet_gzip_stream_new`, freed in `deinit` only.
    private let stream: OpaquePointer

    /// Makes a stream by a codec, or by zlib where that one cannot do it; nil: there is no memory.
    package init?(_ codec: GzipCodec) {
        guard let stream = martlet_gzip_stream_new(codec.library) ?? martlet_gzip_stream_new(MARTLET_GZIP_ZLIB) else {
            return nil
        }
        self.stream = stream
    }

    deinit { martlet_gzip_stream_free(stream) }

    /// What the next piece adds to the compressed form, which may be nothing yet; nil when it failed.
    package func add(_ piece: [UInt8], isLast: Bool) -> [UInt8]? {
        var packed: [UInt8] = []
        var taken = 0
        while true {
            var rest = piece.count - taken
            var count: Int64 = 0
            let room = [UInt8](unsafeUninitializedCapacity: Self.roomBytes) { room, written in
                count = piece.withUnsafeBufferPointer { input in
                    // An empty piece may have no address, which the libraries do not look at then.
                    let start = input.baseAddress.map { $0 + taken }
                    return martlet_gzip_stream_add(stream, start, &rest, isLast ? 1 : 0, room.baseAddress, room.count)
                }
                written = max(0, Int(count))
            }
            guard count >= 0 else { return nil }
            packed += room
            taken = piece.count - rest
            if room.count < Self.roomBytes, rest == 0 { return packed }
        }
    }
}
