import Outputs
import RecordPath
import Synchronization

/// Compresses answers of the admin server, with one compressor that is made when it is first needed.
final class GzipBody: Sendable {
    private let compressor = Locked(CompressorSet())
    private let isMade = Atomic(false)

    /// The gzip form of a body; the body as it is when compression fails.
    @Sendable func compress(_ body: [UInt8]) -> [UInt8] {
        compressor.withLock { set in
            if !isMade.exchange(true, ordering: .relaxed) { set.add(.gzip(HostCodec.gzip, level: 1)) }
            var arena = Arena(capacity: body.count)
            arena.append(body)
            return set.compress(arena, at: 0) ?? body
        }
    }
}
