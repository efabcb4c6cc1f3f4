import CCodec

/// The libraries that can write gzip; all give the same format, at different speeds.
package enum GzipCodec: String, CaseIterable, Sendable {
    /// ISA-L: four times as fast as zlib's level 1, with a better ratio.
    case igzip
    /// Twice as fast as zlib.
    case libdeflate
    /// Always there.
    case zlib

    /// The fastest codec of this host that proved itself, or the one that `forced` names.
    ///
    /// `forced` is what `MARTLET_GZIP` says; a name that is unknown, or a library that this host does not have,
    /// leaves the choice to us.
    package static func best(forced: String? = nil) -> GzipCodec {
        if let forced, let codec = GzipCodec(rawValue: forced), codec.works { return codec }
        return allCases.first(where: \.works) ?? .zlib
    }

    /// Whether the library is here and what it writes can be read back.
    ///
    /// A library of another version than the one we know may have other structures: better to find out here
    /// than in a request body.
    package var works: Bool {
        guard let compressor = Compressor(.gzip(self, level: 1)) else { return false }
        return Self.roundTrip(compressor)
    }

    private static func roundTrip(_ compressor: consuming Compressor) -> Bool {
        var sample: [UInt8] = []
        var state: UInt32 = 1
        // Text that repeats with differences, past one 64 KiB window.
        for index in 0..<9000 {
            state = state &* 1_664_525 &+ 1_013_904_223
            sample += Array("line \(index) value \(state >> 20)\n".utf8)
        }
        guard let packed = compressor.compress(sample), packed.count < sample.count / 2 else { return false }
        return Gunzip.expand(packed, limit: sample.count) == sample
    }

    var library: martlet_gzip_codec {
        switch self {
        case .igzip: MARTLET_GZIP_IGZIP
        case .libdeflate: MARTLET_GZIP_LIBDEFLATE
        case .zlib: MARTLET_GZIP_ZLIB
        }
    }
}
