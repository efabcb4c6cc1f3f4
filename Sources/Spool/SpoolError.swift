/// Why the spool cannot do what it was asked for.
package enum SpoolError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The file system refused.
    case file(FileFailure)
    /// Written by a newer Martlet; nothing was touched.
    case newerVersion(path: String, version: UInt32)
    /// A batch or frame longer than a reader would take.
    case tooLarge(bytes: Int)

    /// What is wrong and what to do about it.
    package var description: String {
        switch self {
        case .file(let failure): failure.description
        case .newerVersion(let path, let version):
            "\(path) has version \(version) of the spool's format, this Martlet knows version "
                + "\(FileHeader.version); run the newer Martlet until its spool is empty, or move the spool away"
        case .tooLarge(let bytes): "\(bytes) bytes are more than the spool takes in one piece"
        }
    }
}

/// Bounds that no file may exceed.
package enum SpoolLimits {
    /// Longest payload of a batch or frame.
    package static let payloadBytes = 256 << 20
    /// Files kept in the quarantine.
    package static let quarantinedFiles = 16
}
