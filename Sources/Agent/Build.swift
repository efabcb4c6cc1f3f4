import Outputs

/// What was built.
package enum Build {
    /// The version that `version` and `martlet_build_info` tell.
    package static let version = "0.1.0"
    /// The commit, where the build was told (`MARTLET_COMMIT`), else `unknown`.
    package static let commit = "unknown"

    /// `release` or `debug`.
    package static var configuration: String {
        #if DEBUG
        "debug"
        #else
        "release"
        #endif
    }

    /// The gzip library that this host has.
    package static var compression: String { "gzip by \(HostCodec.gzip)" }
}
