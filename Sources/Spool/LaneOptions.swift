/// What the spool must know of a lane.
package struct LaneOptions: Sendable, Equatable {
    /// What happens when a lane is full.
    package enum WhenFull: Sendable, Equatable {
        /// Commits wait.
        case wait
        /// The oldest segments go.
        case dropOldest
    }

    /// The output's name; also a directory.
    package var name: String
    /// Bytes on disk.
    package var quotaBytes: Int
    package var whenFull: WhenFull

    /// A segment ends when it would be longer.
    package var segmentBytes: Int

    /// Makes options; segments have a sixteenth of the quota, within reason, unless said otherwise.
    package init(name: String, quotaBytes: Int, whenFull: WhenFull = .wait, segmentBytes: Int? = nil) {
        self.name = name
        self.quotaBytes = quotaBytes
        self.whenFull = whenFull
        self.segmentBytes = segmentBytes ?? min(max(quotaBytes / 16, 256 << 10), 16 << 20)
    }
}
