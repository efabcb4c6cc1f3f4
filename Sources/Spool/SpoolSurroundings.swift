/// Time and chance, as the spool takes them in.
package struct SpoolSurroundings: Sendable {
    /// Wall clock, nanoseconds since 1970: only written down.
    package var now: @Sendable () -> Int64
    /// For salts.
    package var random: @Sendable () -> UInt64
    /// A slot of the commit log is left when it has grown past this.
    package var logBytes: Int

    /// Makes surroundings.
    package init(
        now: @escaping @Sendable () -> Int64,
        random: @escaping @Sendable () -> UInt64 = { UInt64.random(in: .min ... .max) },
        logBytes: Int = 4 << 20
    ) {
        self.now = now
        self.random = random
        self.logBytes = logBytes
    }
}
