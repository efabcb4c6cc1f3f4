/// What a file begins with: tells whether an inode still holds the file it held before.
///
/// It covers the first KiB, or what there is of it; a file that only grows keeps matching its old fingerprint.
package struct FileFingerprint: Sendable, Equatable {
    /// As many bytes as a fingerprint covers at most.
    package static let maxLength = 1024

    package var length: Int
    package var hash: UInt64

    /// The fingerprint of nothing, which every file matches.
    package static let empty = FileFingerprint(of: UnsafeBufferPointer(start: nil, count: 0))

    /// Makes a fingerprint from its parts.
    package init(length: Int, hash: UInt64) {
        self.length = length
        self.hash = hash
    }

    /// The fingerprint of a file that begins with `head`.
    package init(of head: UnsafeBufferPointer<UInt8>) {
        length = min(head.count, Self.maxLength)
        hash = StableHash.of(head.prefix(length))
    }

    /// Whether a file that begins with `head` can be the one that this was taken of.
    package func matches(_ head: UnsafeBufferPointer<UInt8>) -> Bool {
        length <= head.count && StableHash.of(head.prefix(length)) == hash
    }
}
