/// How far a container's log has been appended: shared by its two streams, in the order of the engine's log.
///
/// A class for that sharing. Used by one thread.
package final class LogProgress {
    /// The time of the line appended last, of either stream; nil before the first.
    package var newest: Int64?

    /// Makes one.
    package init(newest: Int64?) { self.newest = newest }
}
