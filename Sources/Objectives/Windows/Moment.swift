/// A moment on both clocks: the steady one that durations are taken on, and the wall clock that people read.
package struct Moment: Sendable, Equatable {
    /// Milliseconds of `SteadyClock`.
    package let steady: Int64
    /// Milliseconds since 1970, as the wall clock went then.
    package let wall: Int64

    /// Makes a moment.
    package init(steady: Int64, wall: Int64) {
        self.steady = steady
        self.wall = wall
    }

    /// A moment at which both clocks agree, as in a replay.
    package init(wall: Int64) { self.init(steady: wall, wall: wall) }

    func encode(to writer: inout StateWriter) {
        writer.put(steady)
        writer.put(wall)
    }

    init?(from reader: inout StateReader) {
        guard let steady = reader.signed(), let wall = reader.signed(), Ladder.timeRange.contains(steady),
            Ladder.timeRange.contains(wall)
        else { return nil }
        self.init(steady: steady, wall: wall)
    }
}

extension SteadyClock {
    /// Now.
    package var moment: Moment { Moment(steady: steady, wall: reading.wall) }
}
