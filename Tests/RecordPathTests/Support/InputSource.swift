/// Repeatable random inputs for parsers: SplitMix64, so that a seed names a whole run.
struct InputSource: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// A number below `bound`.
    mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(max(1, bound))) }

    /// Up to `limit` random bytes; half of the time only such as logs are made of.
    mutating func bytes(upTo limit: Int) -> [UInt8] {
        let alphabet = Array("0123456789abcdefABCDEFTZ-:.,/+ []{}\"'=%@_;jJanMon PT smh\\".utf8)
        let isText = next() & 1 == 0
        return (0..<below(limit + 1)).map { _ in
            isText ? alphabet[below(alphabet.count)] : UInt8(truncatingIfNeeded: next())
        }
    }

    /// A sample with a few bytes changed, removed, doubled or cut off.
    mutating func mutated(_ sample: [UInt8]) -> [UInt8] {
        var bytes = sample
        for _ in 0...below(3) where !bytes.isEmpty {
            let index = below(bytes.count)
            switch below(5) {
            case 0: bytes[index] = UInt8(truncatingIfNeeded: next())
            case 1: bytes.remove(at: index)
            case 2: bytes.insert(bytes[index], at: index)
            case 3: bytes.removeLast(bytes.count - index)
            default: bytes[index] ^= 1 << UInt8(below(8))
            }
        }
        return bytes
    }
}

/// Calls `body` with bytes in a block of exactly their size, so that address checkers see any read beyond.
func withExactBytes<R>(_ bytes: [UInt8], _ body: (UnsafePointer<UInt8>, Int) throws -> R) rethrows -> R {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, bytes.count))
    defer { block.deallocate() }
    block.initialize(from: bytes, count: bytes.count)
    return try body(UnsafePointer(block), bytes.count)
}

/// The same for the UTF-8 of a text.
func withExactBytes<R>(_ text: String, _ body: (UnsafePointer<UInt8>, Int) throws -> R) rethrows -> R {
    try withExactBytes(Array(text.utf8), body)
}
