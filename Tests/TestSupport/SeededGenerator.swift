/// Random numbers that come again with the same seed (SplitMix64), so that a failing case can be repeated.
package struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    /// Makes a generator.
    package init(seed: UInt64) { state = seed }

    package mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// Cuts bytes into random pieces of up to `max` bytes.
    package mutating func pieces(of bytes: [UInt8], upTo max: Int) -> [[UInt8]] {
        var pieces: [[UInt8]] = []
        var at = 0
        while at < bytes.count {
            let length = min(bytes.count - at, Int.random(in: 1...max, using: &self))
            pieces.append(Array(bytes[at..<at + length]))
            at += length
        }
        return pieces
    }
}
