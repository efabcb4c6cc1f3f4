package import Outputs

extension Compressor {
    /// A compressor that must exist (`#require` takes copyable values only).
    package static func needed(_ compression: Compression) throws -> Compressor {
        guard let compressor = Compressor(compression) else { throw TestFailure("no compressor for \(compression)") }
        return compressor
    }

    /// One body compressed, by a compressor that lives for this call only.
    package static func once(_ compression: Compression, _ bytes: [UInt8]) throws -> [UInt8] {
        var compressor = try needed(compression)
        guard let packed = compressor.compress(bytes) else { throw TestFailure("not compressed") }
        return packed
    }

    /// Whether a compressor can be made.
    package static func exists(_ compression: Compression) -> Bool {
        Compressor(compression) != nil
    }
}
