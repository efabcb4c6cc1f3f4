/// What is remembered of one line: enough to know it again when the engine sends it again.
package struct LineFingerprint: Sendable, Equatable {
    /// The engine's time, nanoseconds since 1970.
    package var time: Int64
    /// How many lines of the same stream and time came before it.
    package var ordinal: UInt64
    /// Bytes of the line, without its end.
    package var length: UInt32
    package var hash: UInt64

    /// Makes a fingerprint.
    package init(time: Int64, ordinal: UInt64, length: UInt32, hash: UInt64) {
        self.time = time
        self.ordinal = ordinal
        self.length = length
        self.hash = hash
    }
}
