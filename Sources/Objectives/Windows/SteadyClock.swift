/// The clock of the ladders: runs with the time since boot and so never jumps, whatever the wall clock does.
///
/// It is set from the wall clock once and then follows the monotonic one; after a restart it goes on where it stood,
/// plus what passed meanwhile. An event's age is taken on the wall clock of the moment and counted back from now, so
/// that a step of the wall clock displaces at most the lines that were under way.
package struct SteadyClock: Sendable, Equatable {
    /// What the clocks of the host say; milliseconds.
    package struct Reading: Sendable, Equatable {
        /// Since 1970.
        package var wall: Int64
        /// Since boot, running on in sleep.
        package var monotonic: Int64
        /// Tells one boot from another.
        package var boot: UInt64

        /// Makes a reading.
        package init(wall: Int64, monotonic: Int64, boot: UInt64) {
            self.wall = wall
            self.monotonic = monotonic
            self.boot = boot
        }
    }

    /// Steady milliseconds, near those since 1970.
    package private(set) var steady: Int64
    /// The last reading.
    package private(set) var reading: Reading

    /// Sets the clock.
    package init(_ reading: Reading) {
        let reading = Self.cut(reading)
        steady = reading.wall
        self.reading = reading
    }

    /// A clock of the records alone, for replays: steady and wall time are one.
    package init(wall: Int64) { self.init(Reading(wall: wall, monotonic: wall, boot: 0)) }

    /// Moves on to a new reading, of this run or of a later one.
    package mutating func advance(to reading: Reading) {
        let reading = Self.cut(reading)
        // After a reboot only the wall clock tells how long it took; one that was set back tells nothing.
        let passed =
            reading.boot == self.reading.boot
            ? reading.monotonic - self.reading.monotonic : reading.wall - self.reading.wall
        steady = min(steady + max(0, passed), Ladder.timeRange.upperBound)
        self.reading = reading
    }

    /// The steady time of something that happened at a time of the wall clock; never in the future.
    package func steady(fromWall wall: Int64) -> Int64 {
        let wall = Self.cut(wall)
        return max(Ladder.timeRange.lowerBound, steady - max(0, reading.wall - wall))
    }

    /// The time of the wall clock, as it goes now, of a steady time.
    package func wall(fromSteady time: Int64) -> Int64 { reading.wall &- (steady &- time) }

    /// Within what can be told; sums and differences of two such times are far from overflow.
    private static func cut(_ time: Int64) -> Int64 {
        min(max(time, Ladder.timeRange.lowerBound), Ladder.timeRange.upperBound)
    }

    private static func cut(_ reading: Reading) -> Reading {
        Reading(wall: cut(reading.wall), monotonic: cut(reading.monotonic), boot: reading.boot)
    }

    func encode(to writer: inout StateWriter) {
        writer.put(steady)
        writer.put(reading.wall)
        writer.put(reading.monotonic)
        writer.put(reading.boot)
    }

    init?(from reader: inout StateReader) {
        guard let steady = reader.signed(), let wall = reader.signed(), let monotonic = reader.signed(),
            let boot = reader.unsigned(), Ladder.timeRange.contains(steady)
        else { return nil }
        self.steady = steady
        reading = Self.cut(Reading(wall: wall, monotonic: monotonic, boot: boot))
    }
}
