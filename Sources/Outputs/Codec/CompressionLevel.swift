/// The `compression` setting of an output.
package enum CompressionLevel: Sendable, Equatable {
    /// The best gzip codec on this host at its fast level.
    case auto
    /// zlib's level, 1…9.
    case level(Int32)
    /// No compression.
    case none

    /// Reads `auto`, `none` or a digit from 1 to 9; nil for anything else.
    package init?(_ text: String) {
        switch text {
        case "auto": self = .auto
        case "none": self = .none
        default:
            guard let level = Int32(text), (1...9).contains(level) else { return nil }
            self = .level(level)
        }
    }

    /// What it means on this host, where `best` is the fastest codec.
    package func compression(best: GzipCodec) -> Compression {
        switch self {
        case .auto: .gzip(best, level: 1)
        case .level(let level): .gzip(.zlib, level: level)
        case .none: .none
        }
    }
}
