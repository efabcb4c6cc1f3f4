/// Goes on behind a place of a container's log that the engine cannot read.
///
/// The engine ends such a read as if the log were over, but from the end backwards it can still count lines, and reads
/// on from there when nothing broken lies between. So fewer and fewer lines are asked for until the last one comes;
/// what has been read is passed over as after any reconnect, and at most a quarter of what is readable is missed.
package struct TailRecovery: Sendable, Equatable {
    private static let linesMax = 65_536
    private var lines = linesMax

    /// Makes a recovery that has asked for nothing.
    package init() {}

    /// How many lines to ask for now; nil when not even the last one can be read.
    package mutating func next() -> Int? {
        guard lines > 0 else { return nil }
        defer { lines = lines * 3 / 4 }
        return lines
    }
}
