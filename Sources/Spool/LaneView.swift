/// What can be read of a lane: a value that the spool gives out after each commit.
package struct LaneView: Sendable, Equatable {
    /// One file of a lane.
    package struct Segment: Sendable, Equatable {
        package var number: UInt64
        /// Sequence of its first batch.
        package var first: UInt64
        /// Records of the lane before its first batch.
        package var recordsBefore: UInt64
        package var bytes: Int
    }

    /// `lanes/NAME`.
    package var directory: String
    /// In order; every one begins above the one before.
    package var segments: [Segment]
    package var state: LaneState

    /// Bytes on disk.
    package var bytes: Int { segments.reduce(0) { $0 + $1.bytes } }

    /// The file of a segment.
    static func path(_ directory: String, _ number: UInt64) -> String {
        let digits = String(number, radix: 16)
        return directory + "/" + String(repeating: "0", count: 16 - digits.count) + digits + ".seg"
    }

    /// The number in a file's name.
    static func number(_ name: String) -> UInt64? {
        guard name.hasSuffix(".seg"), name.utf8.count == 20 else { return nil }
        return UInt64(name.dropLast(4), radix: 16)
    }
}
